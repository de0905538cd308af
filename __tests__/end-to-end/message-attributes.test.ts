import { createHmac, timingSafeEqual } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Message } from "@aws-sdk/client-sqs";
import { attributesOf, LocalStack } from "../support/local-stack";

/** Lets every token in, and gives the caller's token as context. */
const AUTHORIZER = `
exports.handler = async ({ authorizationToken, methodArn }) => ({
  principalId: "user|" + authorizationToken,
  context: { tenant: authorizationToken, count: 7, admin: false, empty: "", unused: "x" },
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: methodArn }],
  },
});`;

let folder: string;
let local: LocalStack;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-authorizer-"));
  const authorizer = join(folder, "index.js");
  writeFileSync(authorizer, AUTHORIZER);
  local = await LocalStack.start(
    {
      forward_headers: ["X-GitHub-Event", "X-Hub-Signature-256", "Stripe-Signature"],
      forward_query_parameters: ["tenant", "page.size"],
    },
    {
      authorizer,
      noAuth: {
        forward_request_metadata: ["requestId", "requestTime", "sourceIp", "contentType", "path"],
      },
      auth: {
        forward_query_parameters: ["page.size"],
        forward_authorizer_keys: ["principalId", "tenant", "count", "admin", "empty", "missing"],
      },
    },
  );
});

afterAll(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

const METADATA = {
  ContentType: "application/json",
  Path: "/prod/sqs",
  RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  RequestTime: expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/) as string,
  SourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) as string,
};

async function attributesAfter(...[body, options]: Parameters<LocalStack["post"]>) {
  const response = await local.post(body, options);
  expect(response.status).toBe(200);
  return attributesOf(await local.receive());
}

test("what the request does not have is no attribute", async () => {
  expect(await attributesAfter("{}")).toEqual(METADATA);
});

test.each(["X-GitHub-Event", "x-github-event", "X-GITHUB-EVENT", "x-GitHub-eVENT"])(
  "the header %s becomes an attribute of the configured name",
  async (name) => {
    expect(await attributesAfter("{}", { headers: { [name]: "push" } })).toEqual({
      ...METADATA,
      "X-GitHub-Event": "push",
    });
  },
);

test("query parameters become attributes, decoded; the last of several counts", async () => {
  const path = "?tenant=first&tenant=a%26b%3D+%2B%25%20%C3%A9&page.size=5&other=1";
  expect(await attributesAfter("{}", { path })).toEqual({
    ...METADATA,
    tenant: "a&b= +% é",
    "page.size": "5",
  });
});

test("empty headers and query parameters are no attributes", async () => {
  expect(
    await attributesAfter("{}", { path: "?tenant=&page.size", headers: { "X-GitHub-Event": "" } }),
  ).toEqual(METADATA);
});

test("ten attributes at once, with the body as it was sent", async () => {
  const response = await local.post('{"a": "&"}', {
    path: "?tenant=t&page.size=1",
    headers: { "X-GitHub-Event": "push", "X-Hub-Signature-256": "s", "Stripe-Signature": "t=1,v1=2" },
  });
  expect(response.status).toBe(200);
  const message = await local.receive();
  expect(message?.Body).toBe('{"a": "&"}');
  expect(attributesOf(message)).toEqual({
    ...METADATA,
    tenant: "t",
    "page.size": "1",
    "X-GitHub-Event": "push",
    "X-Hub-Signature-256": "s",
    "Stripe-Signature": "t=1,v1=2",
  });
});

test("an attribute that SQS refuses is the caller's mistake", async () => {
  const response = await local.post("{}", { path: "?tenant=%07" });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "INVALID_MESSAGE_ATTRIBUTE" });
  expect(await local.receive()).toBeUndefined();
});

test.each(["alice", "x&DelaySeconds=900", "a'b\"c\\ ${x} #end $context.apiId", "%41+ ="])(
  "the authorizer's principal and context become attributes: %s",
  async (token) => {
    const response = await local.post("{}", { headers: { Authorization: token } }, "auth-stack");
    expect(response.status).toBe(200);
    expect(attributesOf(await local.receive("auth-stack"))).toEqual({
      principalId: `user|${token}`,
      tenant: token,
      count: "7",
      admin: "false",
    });
  },
);

/** Hostile to whoever re-serialises, decodes or cuts a body. */
const BODIES = [
  '{"zen":"Keep it logically awesome.","hook_id":1}',
  '{ "b": 1.0,\n"a": 1e2, "a": "twice", "u": "\\u00e9\\/" }\n',
  '{"a":"&MessageBody=x&DelaySeconds=900","b":"+%2B%","c":"é👍\u2028"}',
  '{"t":"$input.body #set($x = 1) ${x} \\\\ \\" \'"}',
  "payload=%7B%22a%22%3A1%7D&b=+",
  " \t\r\n",
];

describe("a consumer that has nothing but the message", () => {
  const secret = "It's a Secret to Everybody";

  test.each(BODIES)("verifies GitHub's signature of %j", async (body) => {
    const sign = (key: string) => `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
    for (const [key, genuine] of [
      [secret, true],
      ["another", false],
    ] as const) {
      const headers = { "X-GitHub-Event": "ping", "x-hub-signature-256": sign(key) };
      expect((await local.post(body, { headers })).status).toBe(200);
      const message = await local.receive();
      expect(verifiesGitHub(message, secret)).toBe(genuine);
      expect(attributesOf(message)["X-GitHub-Event"]).toBe("ping");
    }
  });

  test.each(BODIES)("verifies Stripe's signature of %j", async (body) => {
    const timestamp = 1_760_000_000;
    const sign = (key: string) => createHmac("sha256", key).update(`${timestamp}.${body}`).digest("hex");
    for (const [key, genuine] of [
      [secret, true],
      ["another", false],
    ] as const) {
      const headers = { "Stripe-Signature": `t=${timestamp},v1=${sign(key)},v0=${"0".repeat(64)}` };
      expect((await local.post(body, { headers })).status).toBe(200);
      expect(verifiesStripe(await local.receive(), secret)).toBe(genuine);
    }
  });
});

/** @see https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
function verifiesGitHub(message: Message | undefined, secret: string): boolean {
  const given = attributesOf(message)["X-Hub-Signature-256"] ?? "";
  return isEqual(given, `sha256=${hmac(secret, message?.Body ?? "")}`);
}

/** @see https://docs.stripe.com/webhooks/signature */
function verifiesStripe(message: Message | undefined, secret: string): boolean {
  const header = attributesOf(message)["Stripe-Signature"] ?? "";
  const fields = new Map(header.split(",").map((field) => field.split("=", 2) as [string, string]));
  return isEqual(fields.get("v1") ?? "", hmac(secret, `${fields.get("t") ?? ""}.${message?.Body ?? ""}`));
}

function hmac(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

function isEqual(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

import { createHmac } from "node:crypto";
import type { FilledSample } from "../../../../local/server/page/webhook-samples";
import type { QueueMessage } from "../../../../webhooks/queue-message";
import { SENDERS } from "../../../../webhooks/senders";
import { verify } from "../../../../webhooks/verify";
import { Shop } from "../../../support/shop";
import { writeWebhookStack } from "../../../support/webhook-stack";
import { openEvents } from "../../../support/page-events";

jest.setTimeout(20_000);

interface State {
  readonly stacks: {
    readonly endpoints: {
      readonly method: string;
      readonly path: string;
      readonly webhook?: {
        readonly sender: string;
        readonly samples: {
          readonly label: string;
          readonly method: string;
          readonly secretLabel?: string;
        }[];
      };
    }[];
  }[];
}

const stack = writeWebhookStack(Object.keys(SENDERS));
let shop: Shop;
let endpoints: State["stacks"][0]["endpoints"];

beforeAll(async () => {
  shop = await Shop.start({ stacks: [stack.folder] });
  const events = await openEvents(shop.origin);
  endpoints = ((await events.next("state")) as State).stacks[0]?.endpoints ?? [];
  events.close();
});

beforeEach(() => shop.sqs("PurgeQueue", "hooks"));

afterAll(async () => {
  await shop.close();
  stack.remove();
});

const ask = (wanted: unknown) => shop.change("/_page/sample", JSON.stringify(wanted));

async function sampleOf(sender: string, label: RegExp, wanted: object = {}): Promise<FilledSample> {
  const endpoint = endpoints.find(({ webhook }) => webhook?.sender === sender);
  const choice = endpoint?.webhook?.samples.findIndex((sample) => label.test(sample.label));
  const { status, body } = await ask({ path: endpoint?.path, choice, ...wanted });
  expect([sender, choice, status]).toEqual([sender, expect.any(Number), 200]);
  return JSON.parse(body) as FilledSample;
}

async function send({ path, headers, body }: FilledSample) {
  const { status } = await shop.ask("POST", path, headers, body);
  expect(status).toBe(200);
  const [message] = await shop.gateway.messages("hooks");
  return {
    body: message?.body ?? "",
    attributes: message?.attributes as Record<string, { StringValue: string }>,
  };
}

function hmac(hash: string, secret: string, text: string, encoding: "hex" | "base64"): string {
  return createHmac(hash, secret).update(text).digest(encoding);
}

test("a delivery of each sender is taken as it is, in each way of signing", async () => {
  const hooks = endpoints.filter(({ webhook }) => webhook !== undefined);
  expect(hooks.map(({ webhook }) => webhook?.sender).sort()).toEqual(Object.keys(SENDERS).sort());
  for (const { path, webhook } of hooks) {
    for (const [choice, { label, method }] of (webhook?.samples ?? []).entries()) {
      if (method !== "POST") continue;
      const { body } = await ask({ path, choice });
      const filled = JSON.parse(body) as FilledSample;
      const { status } = await shop.ask("POST", filled.path, filled.headers, filled.body);
      expect([path, label, status >= 200 && status < 300]).toEqual([path, label, true]);
    }
  }
});

/** Senders whose certificate is on their own hosts. */
const WITH_CERTIFICATE = ["paypal", "sns"];

// The others' libraries have to be installed.
const CHECKED_HERE = Object.entries(SENDERS)
  .filter(([, { library, signatures }]) => library === undefined && signatures.length > 0)
  .map(([name]) => name)
  .filter((name) => !WITH_CERTIFICATE.includes(name));

test("what it is signed with is enough for a consumer to verify it", async () => {
  expect(CHECKED_HERE.length).toBeGreaterThan(20);
  for (const sender of CHECKED_HERE) {
    const { path, headers, body, secret = "" } = await sampleOf(sender, /Delivery/);
    await shop.ask("POST", path, headers, body);
    const received = await shop.sqs("ReceiveMessage", "hooks", {
      AttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    await shop.sqs("PurgeQueue", "hooks");
    const [message] = received.Messages as QueueMessage[];
    if (message === undefined) throw new Error(`${sender} sent nothing`);
    expect([sender, await verify(message, { sender, secret })]).toMatchObject([sender, { kind: "delivery" }]);
  }
});

test("it is signed with the secret that the form has, over the body that the form has", async () => {
  const given = { secret: "mine", body: '{"zen": "ß"}' };
  const filled = await sampleOf("github", /Delivery/, given);
  expect(filled.headers["X-Hub-Signature-256"]).toBe(`sha256=${hmac("sha256", "mine", given.body, "hex")}`);
  expect(filled).toMatchObject(given);
  expect((await send(filled)).body).toBe(given.body);
});

test("without one the secret is the same for each sample of a sender, and told", async () => {
  const [first, second] = [await sampleOf("slack", /Delivery/), await sampleOf("slack", /url_verification/)];
  expect(first.secret).toMatch(/^[\da-f]{48}$/);
  expect(second.secret).toBe(first.secret);
  expect((await sampleOf("stripe", /Delivery/)).secret).not.toBe(first.secret);
});

test("the time of a signature is now", async () => {
  const { headers } = await sampleOf("stripe", /Delivery/);
  const [, signedAt] = /^t=(\d+),/.exec(headers["Stripe-Signature"] ?? "") ?? [];
  expect(Math.abs(Number(signedAt) - Date.now() / 1000)).toBeLessThan(5);
});

test("a URL is signed as the message has it, and that is not this machine's", async () => {
  const filled = await sampleOf("square", /Delivery/, { secret: "mine" });
  const { body, attributes } = await send(filled);
  const url = attributes.RequestUrl?.StringValue ?? "";
  expect(url).toMatch(/^https:\/\/\w+\.execute-api\.eu-central-1\.amazonaws\.com\/v1\/square$/);
  expect(filled.headers["x-square-hmacsha256-signature"]).toBe(hmac("sha256", "mine", url + body, "base64"));
});

test("a query that the form's path has is signed, too, and stays", async () => {
  const filled = await sampleOf("square", /Delivery/, { secret: "mine", path: "/hooks/v1/square?shop=1" });
  expect(filled.path).toBe("/hooks/v1/square?shop=1");
  const { body, attributes } = await send(filled);
  const url = attributes.RequestUrl?.StringValue ?? "";
  expect(url).toMatch(/\/v1\/square\?shop=1$/);
  expect(filled.headers["x-square-hmacsha256-signature"]).toBe(hmac("sha256", "mine", url + body, "base64"));
});

test("SendGrid's secret is the public key of the pair that signed, whatever the form has", async () => {
  const [first, second] = [
    await sampleOf("sendgrid", /Delivery/, { secret: "mine" }),
    await sampleOf("sendgrid", /Delivery/),
  ];
  expect(first.secret).toMatch(/^MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE/);
  expect(second.secret).not.toBe(first.secret);
});

test("a handshake has the verify token that the stack has, and its challenge comes back", async () => {
  const filled = await sampleOf("meta", /Handshake/);
  const { searchParams } = new URL(filled.path, shop.origin);
  expect(Object.fromEntries(searchParams)).toEqual({
    "hub.mode": "subscribe",
    "hub.challenge": expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
    "hub.verify_token": "testtoken",
  });
  expect(filled).toMatchObject({ headers: {}, body: "", secret: "testtoken" });
  const { status, headers, body } = await shop.ask("GET", filled.path);
  expect([status, headers["content-type"], body]).toEqual([
    200,
    "text/plain",
    searchParams.get("hub.challenge"),
  ]);
});

test("the verify token is nowhere in what is told of the request, the challenge is", async () => {
  const events = await openEvents(shop.origin);
  await events.next("requests");
  const { path } = await sampleOf("meta", /Handshake/);
  await shop.ask("GET", path);
  const text = JSON.stringify(await events.next("request"));
  expect(text).toContain(new URL(path, shop.origin).searchParams.get("hub.challenge"));
  expect(text).toContain("hub.verify_token");
  expect(text).not.toContain("testtoken");
  events.close();
});

test("a handshake has the verify token that the form has", async () => {
  const { path } = await sampleOf("meta", /Handshake/, { secret: "a&b", path: "/hooks/v1/meta?old=1" });
  expect(path).toMatch(/^\/hooks\/v1\/meta\?hub\.mode=subscribe&.*&hub\.verify_token=a%26b$/);
});

test("a handshake with a body is signed as a delivery is", async () => {
  const { headers, body, secret = "" } = await sampleOf("slack", /url_verification/);
  expect(JSON.parse(body)).toEqual({ type: "url_verification", challenge: expect.any(String) as unknown });
  const signed = `v0:${headers["X-Slack-Request-Timestamp"] ?? ""}:${body}`;
  expect(headers["X-Slack-Signature"]).toBe(`v0=${hmac("sha256", secret, signed, "hex")}`);
});

test.each([
  "",
  "{",
  "null",
  "{}",
  '{"path": "/hooks/v1/github", "choice": 99}',
  '{"path": "/hooks/v1/github", "choice": -1}',
  '{"path": "/hooks/v1/github", "choice": "__proto__"}',
  '{"path": "/hooks/v1/github", "choice": 0, "secret": 1}',
  '{"path": "/elsewhere", "choice": 0}',
])("there is no sample for %s", async (form) => {
  const { status, body } = await shop.change("/_page/sample", form);
  expect([status, JSON.parse(body)]).toEqual([400, { message: "There is no such sample." }]);
});

test("another site's page gets none", async () => {
  const form = '{"path": "/hooks/v1/github", "choice": 0}';
  const { status } = await shop.ask("POST", "/_page/sample", { Origin: "http://evil.example" }, form);
  expect(status).toBe(403);
});

import { SENDERS } from "../../webhooks/senders";
import { FakeSqs, sqsError } from "../support/fake-sqs";
import { LocalStack } from "../support/local-stack";
import type { LoadAnswer } from "../support/send-all";
import { type SenderRequest, SenderStack, steadyHeaders } from "../support/sender-stack";

const NAMES = Object.keys(SENDERS);

const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

const ACK =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>';

/** Senders that want something of their own: the answer's status, its content type and its body. */
const OWN: Readonly<Record<string, readonly [status: number, type: string, body: string]>> = {
  twilio: [200, "text/xml", TWIML],
  salesforce: [200, "text/xml", ACK],
  "dropbox-sign": [200, "text/plain", "Hello API Event Received"],
  "google-health": [201, "text/plain", ""],
  okta: [200, "text/plain", ""],
  telegram: [200, "text/plain", ""],
  "slack-commands": [200, "text/plain", ""],
  "slack-interactions": [200, "text/plain", ""],
};

/** Senders that take a 4xx for final. */
const FINAL = Object.entries(SENDERS).flatMap(([name, { is4xxFinal }]) => (is4xxFinal ? [name] : []));

/** A delivery as the sender documents it. */
function delivery(sender: string): SenderRequest {
  const { contentTypes = [], sample = "" } = SENDERS[sender] ?? {};
  return { headers: { "Content-Type": contentTypes[0] ?? "" }, body: sample };
}

function told(answer: LoadAnswer) {
  return { status: answer.status, body: answer.text, headers: steadyHeaders(answer) };
}

/** Each element's path with its text. @throws Error for elements that do not nest */
function elementsOf(xml: string): Record<string, string> {
  const open: string[] = [];
  const found: Record<string, string> = {};
  for (const [, end, name = "", text = ""] of xml.matchAll(/<(\/?)([\w:]+)[^<>]*>([^<>]*)/g)) {
    if (end === "/") {
      if (open.pop() !== name) throw new Error(`${name} ends what it did not begin`);
    } else {
      open.push(name);
      found[open.join("/")] = text;
    }
  }
  if (open.length > 0) throw new Error(`${open.join("/")} has no end`);
  return found;
}

describe("an accepted delivery", () => {
  let stack: SenderStack;

  beforeAll(async () => {
    stack = await SenderStack.start([
      ...NAMES,
      {
        sender: "adyen",
        path: "old-adyen",
        response: { status: 200, template: "[accepted]", content_type: "text/plain" },
      },
      { sender: "github", path: "created", response: { status: 201, template: '{"ok":true}' } },
      { sender: "github", path: "accepted", response: "compact" },
      { sender: "github", path: "empty", response: { status: 200, template: "" } },
      { sender: "github", path: "nothing", response: { status: 204, template: "" } },
      {
        sender: "twilio",
        path: "other",
        response: { status: 202, template: "Ahoy", content_type: "text/plain" },
      },
      { sender: "asana", path: "asana-204", response: { status: 204, template: "" } },
      {
        sender: "asana",
        path: "asana-text",
        response: { status: 200, template: "ok", content_type: "text/plain" },
      },
      { sender: "microsoft-graph", path: "graph-202", response: { status: 202, template: "queued" } },
    ]);
  });

  afterAll(() => stack.close());

  test.each(NAMES)("of %s is queued, and answered as it wants", async (name) => {
    const request = delivery(name);
    const answer = await stack.send(name, request);
    const message = await stack.local.receive();
    const isBinary = name === "dropbox-sign";
    expect(message?.Body).toBe(
      isBinary ? Buffer.from(String(request.body)).toString("base64") : request.body,
    );
    const own = OWN[name];
    if (own) {
      const [status, type, body] = own;
      expect(told(answer)).toEqual({ status, body, headers: { "content-type": type } });
    } else {
      expect(answer.status).toBe(200);
      const { SendMessageResponse: response } = JSON.parse(answer.text) as {
        SendMessageResponse: { SendMessageResult: object };
      };
      expect(response.SendMessageResult).toMatchObject({ MessageId: message?.MessageId });
      // An echo beside it has to be text.
      const type = name === "microsoft-graph" ? "text/plain" : "application/json";
      expect(answer.headers["content-type"]).toBe(type);
    }
  });

  test("has well-formed XML where XML is wanted", async () => {
    expect(elementsOf((await stack.send("twilio", delivery("twilio"))).text)).toEqual({ Response: "" });
    const ack = elementsOf((await stack.send("salesforce", delivery("salesforce"))).text);
    expect(ack["soapenv:Envelope/soapenv:Body/notificationsResponse/Ack"]).toBe("true");
    await stack.local.purge();
  });

  test.each<[path: string, sender: string, answer: object]>([
    ["old-adyen", "adyen", { status: 200, body: "[accepted]", headers: { "content-type": "text/plain" } }],
    [
      "created",
      "github",
      { status: 201, body: '{"ok":true}', headers: { "content-type": "application/json" } },
    ],
    ["empty", "github", { status: 200, body: "", headers: { "content-type": "application/json" } }],
    ["nothing", "github", { status: 204, body: "" }],
    ["other", "twilio", { status: 202, body: "Ahoy", headers: { "content-type": "text/plain" } }],
    [
      "accepted",
      "github",
      {
        status: 202,
        body: expect.stringMatching(
          /^\{"messageId":"[0-9a-f-]{36}","requestId":"[0-9a-f-]{36}"\}$/,
        ) as string,
      },
    ],
    ["graph-202", "microsoft-graph", { status: 202, body: "queued" }],
  ])("at /%s, of %s, is answered as the setting says", async (path, sender, answer) => {
    expect(told(await stack.send(path, delivery(sender)))).toMatchObject(answer);
    expect(await stack.local.receive()).toBeDefined();
  });

  test("with an answer of one's own has the echo besides", async () => {
    const asana = {
      ...delivery("asana"),
      headers: { "Content-Type": "application/json", "X-Hook-Secret": "b537" },
    };
    expect(told(await stack.send("asana-204", asana))).toMatchObject({
      status: 204,
      body: "",
      headers: { "x-hook-secret": "b537" },
    });
    expect(told(await stack.send("asana-text", asana))).toMatchObject({
      status: 200,
      body: "ok",
      headers: { "content-type": "text/plain", "x-hook-secret": "b537" },
    });
    const graph = { query: "validationToken=a+b", headers: { "Content-Type": "text/plain; charset=utf-8" } };
    expect(told(await stack.send("graph-202", graph))).toEqual({
      status: 200,
      body: "a b",
      headers: { "content-type": "text/plain", "x-content-type-options": "nosniff" },
    });
    expect(await stack.local.receiveAll()).toHaveLength(3);
  });
});

describe("what SQS does not accept", () => {
  const fake = new FakeSqs();
  let stack: SenderStack;

  beforeAll(async () => {
    stack = await SenderStack.start(NAMES, { sqsEndpoint: await fake.start() });
  });

  afterAll(async () => {
    await stack.close();
    await fake.close();
  });

  /** The answers to a delivery of each sender. */
  async function deliverAll(): Promise<[name: string, answer: LoadAnswer][]> {
    const answers = await stack.sendAll(
      NAMES.map((name) => [name, delivery(name)]),
      32,
    );
    return answers.map((answer, index) => [NAMES[index] ?? "", answer]);
  }

  const INVALID = "InvalidParameterValueException";

  test.each([
    ["RequestThrottled", "Rate exceeded", 400, 429],
    ["ThrottlingException", "Rate exceeded", 400, 429],
    ["KmsThrottled", "Rate exceeded", 400, 429],
    ["OverLimit", "Too many", 403, 429],
    ["ServiceUnavailable", "", 503, 503],
    ["InternalFailure", "", 500, 503],
    [
      INVALID,
      "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
      400,
      413,
    ],
    ["InvalidMessageContents", "Invalid characters", 400, 400],
    [INVALID, "Something else", 400, 400],
    ["AccessDeniedException", "No", 403, 500],
    ["QueueDoesNotExist", "No", 400, 500],
    ["KmsDisabled", "No", 400, 500],
    ["SomethingNew", "No", 418, 500],
  ])(
    "%s %j with %d is %d for each sender, and 503 in the place of 429 where a 4xx is final",
    async (type, text, given, status) => {
      fake.answer = sqsError(type, text, given);
      for (const [name, answer] of await deliverAll()) {
        const wanted = status === 429 && FINAL.includes(name) ? 503 : status;
        expect([name, answer.status]).toEqual([name, wanted]);
        expect([name, answer.headers["retry-after"]]).toEqual([
          name,
          [429, 503].includes(wanted) ? "1" : undefined,
        ]);
        expect([name, answer.headers["content-type"]]).toEqual([name, "application/json"]);
        expect(Object.keys(JSON.parse(answer.text) as object)).toEqual(["code", "message", "requestId"]);
      }
    },
  );

  test.each([
    [200, "{}"],
    [200, ""],
    [200, '{"MessageId":"1","MD5OfMess'],
    [200, "<html/>"],
    [302, ""],
    [403, "<html/>"],
    [500, ""],
  ])(
    "%d with %j is no success for any sender, whatever it is answered with otherwise",
    async (status, body) => {
      fake.answer = { status, body };
      for (const [name, answer] of await deliverAll()) expect([name, answer.status]).toEqual([name, 503]);
    },
  );

  test("a value that is echoed is not where nothing was accepted", async () => {
    fake.answer = sqsError("QueueDoesNotExist", "No");
    const graph = { query: "validationToken=abc", headers: { "Content-Type": "text/plain" } };
    const asana = { headers: { "Content-Type": "application/json", "X-Hook-Secret": "abc" }, body: "{}" };
    for (const [path, request] of [
      ["microsoft-graph", graph],
      ["asana", asana],
    ] as const) {
      const answer = await stack.send(path, request);
      expect(answer.status).toBe(500);
      expect(JSON.stringify([answer.text, answer.headers])).not.toContain("abc");
    }
  });

  test("that hangs is answered 504 within each sender's time limit", async () => {
    fake.delayMs = 60_000;
    const took: [name: string, seconds: number, answer: LoadAnswer][] = await Promise.all(
      NAMES.map(async (name) => {
        const started = performance.now();
        const answer = await stack.send(name, delivery(name));
        return [name, (performance.now() - started) / 1000, answer];
      }),
    );
    fake.delayMs = 0;
    for (const [name, seconds, answer] of took) {
      expect([name, answer.status, answer.headers["retry-after"]]).toEqual([name, 504, "1"]);
      expect([name, seconds < (SENDERS[name]?.timeLimitSeconds ?? 5.5)]).toEqual([name, true]);
    }
  });
});

/** Limits all methods of the API to one request a second. */
function throttle({ resource }: { resource: Record<string, Record<string, object>> }): void {
  const [stage] = Object.keys(resource.aws_api_gateway_stage ?? {});
  resource.aws_api_gateway_method_settings = {
    throttle: {
      rest_api_id: `\${aws_api_gateway_stage.${stage ?? ""}.rest_api_id}`,
      stage_name: `\${aws_api_gateway_stage.${stage ?? ""}.stage_name}`,
      method_path: "*/*",
      settings: { throttling_burst_limit: 1, throttling_rate_limit: 1 },
    },
  };
}

describe("API Gateway's own refusals", () => {
  let local: LocalStack | undefined;

  afterEach(async () => {
    await local?.close();
    local = undefined;
  });

  async function answersOf(headers: Record<string, string>, count: number) {
    const answers: { status: number; retryAfter: string | null; code: string | undefined }[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      const response = await local?.post("{}", { headers });
      const { code } = (await response?.json()) as { code?: string };
      answers.push({
        status: response?.status ?? 0,
        retryAfter: response?.headers.get("retry-after") ?? null,
        code,
      });
    }
    return answers;
  }

  test.each([
    ["sns", 503],
    ["alertmanager", 503],
    ["github", 429],
  ])("a throttle for %s is %d, and nothing else is otherwise", async (webhook, status) => {
    local = await LocalStack.start({}, { noAuth: { webhook }, edit: throttle });
    const [, ...refused] = await answersOf({ "Content-Type": "application/json" }, 4);
    expect(refused).toContainEqual({ status, retryAfter: "1", code: "THROTTLED" });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const [other] = await answersOf({ "Content-Type": "text/csv" }, 1);
    expect(other).toEqual({ status: 415, retryAfter: null, code: "UNSUPPORTED_MEDIA_TYPE" });
  });

  test.each([
    ["okta", 503],
    ["gitlab", 429],
  ])("a quota that %s has used up is %d, and a wrong key is 403", async (webhook, status) => {
    const quota = { api_keys: ["sender"], api_key_quota_limit: 1, api_key_quota_period: "DAY" };
    local = await LocalStack.start({}, { noAuth: { webhook: [webhook], ...quota } });
    const key = { "x-api-key": local.served("no-auth-stack").apiKey?.value ?? "" };
    expect(await answersOf(key, 2)).toMatchObject([{ status: 200 }, { status, code: "QUOTA_EXCEEDED" }]);
    expect(await answersOf({ "x-api-key": "guess" }, 1)).toMatchObject([
      { status: 403, code: "INVALID_API_KEY" },
    ]);
  });
});

describe("in auth-stack", () => {
  let local: LocalStack;

  beforeAll(async () => {
    const webhook = ["sns", "google-health", "okta"];
    local = await LocalStack.start({}, { auth: { webhook } });
  });

  afterAll(() => local.close());

  const send = (sender: string, headers: Record<string, string>) =>
    local.post(SENDERS[sender]?.sample ?? "", { path: `/../${sender}`, headers }, "auth-stack");

  test("a sender without credentials is asked for them, and nothing is queued", async () => {
    const response = await send("sns", {});
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Basic realm="webhooks"');
    expect(await response.json()).toMatchObject({
      code: "UNAUTHORIZED",
      message: "Credentials are missing.",
    });
    expect(await local.receive("auth-stack")).toBeUndefined();
  });

  test("with the right ones it is let in, with wrong ones it is refused and not asked", async () => {
    expect((await send("sns", { Authorization: "testtoken" })).status).toBe(200);
    expect((await local.receive("auth-stack"))?.Body).toBe(SENDERS.sns?.sample);
    const refused = await send("sns", { Authorization: "other" });
    expect([403, refused.headers.get("www-authenticate")]).toEqual([refused.status, null]);
    expect(await local.receive("auth-stack")).toBeUndefined();
  });

  test("Google Health's verification is 201 with its credentials, and 401 without", async () => {
    expect((await send("google-health", { Authorization: "testtoken" })).status).toBe(201);
    expect((await local.receive("auth-stack"))?.Body).toBe('{"type": "verification"}');
    expect((await send("google-health", {})).status).toBe(401);
    expect(await local.receive("auth-stack")).toBeUndefined();
  });

  test("a handshake is open", async () => {
    const { url } = local.served("auth-stack");
    const headers = { "X-Okta-Verification-Challenge": "abc" };
    const response = await fetch(`${url}/../okta`, { headers });
    expect([response.status, await response.text()]).toEqual([200, '{"verification":"abc"}']);
  });
});

test.each([
  ["a sender that waits for no 401 is not asked", { webhook: ["okta"] }, null],
  ["the user's own `www_authenticate` counts", { webhook: ["sns"], www_authenticate: "Bearer" }, "Bearer"],
])("%s", async (_, auth, challenge) => {
  const local = await LocalStack.start({}, { auth });
  try {
    const response = await local.post("{}", { path: `/../${auth.webhook[0] ?? ""}` }, "auth-stack");
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, challenge]);
  } finally {
    await local.close();
  }
});

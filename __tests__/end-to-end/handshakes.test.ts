import { SENDERS } from "../../webhooks/senders";
import { attributesOf, LocalStack } from "../support/local-stack";
import type { LoadAnswer } from "../support/send-all";
import { type SenderRequest, SenderStack, steadyHeaders, VERIFY_TOKEN } from "../support/sender-stack";

let stack: SenderStack;

beforeAll(async () => {
  const others = Object.keys(SENDERS).filter((name) => name !== "slack");
  stack = await SenderStack.start([
    ...others,
    { sender: "slack", registering: true },
    { sender: "slack", path: "slack-registered" },
  ]);
});

afterAll(() => stack.close());

const NOSNIFF = { "x-content-type-options": "nosniff" };
const TEXT = { "content-type": "text/plain", ...NOSNIFF };
const JSON_HEADERS = { "content-type": "application/json", ...NOSNIFF };

const token = encodeURIComponent(VERIFY_TOKEN);

const GRAPH_TOKEN =
  "Validation: Testing client application reachability for subscription Request-Id: 522a8e7e-096a-494c-aaf1-ac0dcfca45b7";

const SLACK_CHALLENGE = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P";

const HOOK_SECRET = "b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81";

const JSON_TYPE = { "Content-Type": "application/json" };

/** A handshake as its sender documents it, and all that it must be answered. */
interface Documented {
  readonly sender: string;
  readonly request: SenderRequest;
  readonly body: string;
  readonly headers: object;
}

const SLACK_BODY = `{"token":"Jhj5dZrVaK7ZwHHjRyZWjbDl","challenge":"${SLACK_CHALLENGE}","type":"url_verification"}`;

const MOCKED: readonly Documented[] = [
  {
    sender: "meta",
    request: {
      method: "GET",
      query: `hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
      headers: { Accept: "*/*", "User-Agent": "facebookplatform/1.0 (+http://developers.facebook.com)" },
    },
    body: "1158201444",
    headers: TEXT,
  },
  {
    sender: "strava",
    request: {
      method: "GET",
      query: `hub.verify_token=${token}&hub.challenge=15f7d1a91c1f40f8a748fd134752feb3&hub.mode=subscribe`,
    },
    body: '{"hub.challenge":"15f7d1a91c1f40f8a748fd134752feb3"}',
    headers: JSON_HEADERS,
  },
  ...["subscribe", "unsubscribe"].map((mode) => ({
    sender: "websub",
    request: {
      method: "GET" as const,
      query: `hub.mode=${mode}&hub.topic=https%3A%2F%2Fwww.youtube.com%2Fxml%2Ffeeds%2Fvideos.xml%3Fchannel_id%3DC&hub.challenge=q83vEjRWeJCrze8SNFZ4kA%3D%3D&hub.lease_seconds=432000`,
    },
    body: "q83vEjRWeJCrze8SNFZ4kA==",
    headers: TEXT,
  })),
  {
    sender: "dropbox",
    request: { method: "GET", query: "challenge=IJwBeYNvgLQOmXlWAbCdEf_0-1" },
    body: "IJwBeYNvgLQOmXlWAbCdEf_0-1",
    headers: TEXT,
  },
  {
    sender: "nylas",
    request: { method: "GET", query: "challenge=bc609b38-c81f-47fb-a275-1d9bd61a968b" },
    body: "bc609b38-c81f-47fb-a275-1d9bd61a968b",
    headers: TEXT,
  },
  {
    sender: "onfleet",
    request: { method: "GET", query: "check=ZC6zQeSvFhuX4WMlDdQvHJcQbXcM3YsE" },
    body: "ZC6zQeSvFhuX4WMlDdQvHJcQbXcM3YsE",
    headers: TEXT,
  },
  {
    sender: "okta",
    request: {
      method: "GET",
      headers: {
        Accept: "application/json",
        Authorization: "a secret of the event hook",
        "X-Okta-Verification-Challenge": "my verification challenge",
      },
    },
    body: '{"verification":"my verification challenge"}',
    headers: JSON_HEADERS,
  },
  ...["trello", "mandrill"].map((sender) => ({
    sender,
    request: { method: "HEAD" as const },
    body: "",
    headers: { "content-type": "application/json" },
  })),
  ...[[], ["WebHook-Request-Rate", "120"]].map((rate) => ({
    sender: "cloudevents",
    request: {
      method: "OPTIONS" as const,
      headers: ["WebHook-Request-Origin", "eventgrid.azure.net", ...rate],
    },
    body: "",
    headers: {
      allow: "POST",
      "content-type": "application/json",
      "webhook-allowed-origin": "*",
      "webhook-allowed-rate": "*",
    },
  })),
  {
    sender: "slack",
    request: { headers: JSON_TYPE, body: SLACK_BODY },
    body: SLACK_CHALLENGE,
    headers: TEXT,
  },
];

function told(answer: LoadAnswer) {
  return { status: answer.status, body: answer.text, headers: steadyHeaders(answer) };
}

describe("a handshake that reaches no queue", () => {
  test.each(MOCKED)(
    "of $sender, $request, is answered to the byte",
    async ({ sender, request, ...answer }) => {
      expect(told(await stack.send(sender, request))).toEqual({ status: 200, ...answer });
      expect(await stack.local.receive()).toBeUndefined();
    },
  );
});

/** Handshakes that are messages, too, with what of them a consumer gets. */
const QUEUED: readonly (Documented & { readonly message: object })[] = [
  {
    sender: "microsoft-graph",
    request: {
      query: `validationToken=${GRAPH_TOKEN.replaceAll(":", "%3a").replaceAll(" ", "+")}`,
      headers: { "Content-Type": "text/plain; charset=utf-8" },
    },
    body: GRAPH_TOKEN,
    headers: TEXT,
    message: { body: "{}" },
  },
  {
    sender: "microsoft-graph",
    request: {
      query: `a=b&validationToken=${encodeURIComponent(GRAPH_TOKEN)}`,
      headers: { "Content-Type": "text/plain; charset=utf-8", "Content-Length": "0" },
    },
    body: GRAPH_TOKEN,
    headers: TEXT,
    message: { body: "{}" },
  },
  ...["X-Hook-Secret", "x-hook-secret"].map((name) => ({
    sender: "asana",
    request: { headers: { ...JSON_TYPE, [name]: HOOK_SECRET }, body: "{}" },
    body: expect.stringContaining("SendMessageResponse") as string,
    headers: { "content-type": "application/json", "x-hook-secret": HOOK_SECRET },
    message: { body: "{}", "X-Hook-Secret": HOOK_SECRET },
  })),
];

async function received() {
  const message = await stack.local.receive();
  return message && { body: message.Body, ...attributesOf(message) };
}

describe("a handshake that is a message, too", () => {
  test.each(QUEUED)(
    "of $sender, $request, is answered to the byte and queued",
    async ({ sender, request, message, ...answer }) => {
      expect(told(await stack.send(sender, request))).toEqual({ status: 200, ...answer });
      expect(await received()).toMatchObject(message);
    },
  );

  test("a delivery of theirs brings nothing back", async () => {
    const delivery = { headers: JSON_TYPE, body: '{"value":[]}' };
    for (const sender of ["microsoft-graph", "asana"]) {
      const answer = await stack.send(sender, delivery);
      expect(answer.status).toBe(200);
      expect(answer.headers).not.toHaveProperty("x-hook-secret");
      expect(JSON.parse(answer.text)).toHaveProperty("SendMessageResponse");
      expect(await received()).toMatchObject({ body: delivery.body });
    }
  });
});

/** Handshakes that the consumer finishes: to the API they are deliveries. */
const FINISHED_LATER: readonly [sender: string, request: SenderRequest, attributes: object][] = [
  [
    "sns",
    {
      headers: {
        "Content-Type": "text/plain; charset=UTF-8",
        "x-amz-sns-message-type": "SubscriptionConfirmation",
      },
      body: '{\n  "Type" : "SubscriptionConfirmation",\n  "SubscribeURL" : "https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f"\n}',
    },
    { "x-amz-sns-message-type": "SubscriptionConfirmation" },
  ],
  [
    "event-grid",
    {
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "aeg-event-type": "SubscriptionValidation",
      },
      body: '[{"eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "data": {"validationCode": "512d38b6", "validationUrl": "https://rp-eastus2.eventgrid.azure.net:553/validate?id=512d38b6"}}]',
    },
    { "aeg-event-type": "SubscriptionValidation" },
  ],
  [
    "notion",
    {
      headers: JSON_TYPE,
      body: '{"verification_token": "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}',
    },
    {},
  ],
];

test.each(FINISHED_LATER)(
  "the handshake of %s is queued as it came, and answered 200",
  async (sender, request, attributes) => {
    expect((await stack.send(sender, request)).status).toBe(200);
    expect(await received()).toMatchObject({ body: request.body, ...attributes });
  },
);

test("every handshake of every preset is tried here", () => {
  const tried = new Set([...MOCKED, ...QUEUED].map(({ sender }) => sender));
  for (const [sender] of FINISHED_LATER) tried.add(sender);
  const wanting = Object.entries(SENDERS).filter(([, { handshakes = [] }]) => handshakes.length > 0);
  expect([...tried].sort()).toEqual(wanting.map(([name]) => name).sort());
  expect(wanting.every(([, { handshakes = [] }]) => handshakes.length === 1)).toBe(true);
});

/** A refusal tells nothing of what it refuses. */
function expectRefused(answer: LoadAnswer, ...secrets: readonly string[]): void {
  expect(answer.status).toBe(403);
  expect(steadyHeaders(answer)).toEqual({ "content-type": "application/json" });
  expect(JSON.parse(answer.text)).toEqual({
    code: "HANDSHAKE_REFUSED",
    message: "The challenge or the verify token is missing or not right.",
    requestId: answer.headers["x-amzn-requestid"],
  });
  for (const secret of secrets) expect(JSON.stringify([answer.text, answer.headers])).not.toContain(secret);
}

const CHALLENGE = "a-challenge-5";

describe.each(["meta", "strava"])("the verify token of %s", (sender) => {
  const ask = (query: string) => stack.send(sender, { method: "GET", query });

  test.each([
    ["another token", "hub.verify_token=other"],
    ["the token in another case", `hub.verify_token=${token.toUpperCase()}`],
    ["the token unencoded, whose + is a space", `hub.verify_token=${VERIFY_TOKEN}`],
    ["the token encoded twice", `hub.verify_token=${encodeURIComponent(token)}`],
    ["no token", "hub.mode=subscribe"],
    ["an empty token", "hub.verify_token="],
    ["the name in another case", `hub.verify_Token=${token}`],
    ["the name as of a list", `hub.verify_token[]=${token}`],
    ["the right token first, another last", `hub.verify_token=${token}&hub.verify_token=other`],
    ["the name of the variable", "hub.verify_token=%24%7Bvar.webhook_verify_token%7D"],
  ])("%s is 403, and nothing is echoed", async (_, query) => {
    expectRefused(await ask(`hub.challenge=${CHALLENGE}&${query}`), CHALLENGE, VERIFY_TOKEN, "other");
  });

  test.each([
    ["no challenge", ""],
    ["an empty one", "&hub.challenge="],
    ["one under another name", `&challenge=${CHALLENGE}`],
  ])("does not let %s pass", async (_, query) => {
    expectRefused(await ask(`hub.mode=subscribe&hub.verify_token=${token}${query}`), CHALLENGE, VERIFY_TOKEN);
  });

  test("of several values the last one counts, of token and challenge", async () => {
    const answer = await ask(
      `hub.challenge=first&hub.verify_token=other&hub.verify_token=${token}&hub.challenge=${CHALLENGE}`,
    );
    expect(answer.text).toBe(sender === "meta" ? CHALLENGE : `{"hub.challenge":"${CHALLENGE}"}`);
  });
});

describe("a challenge", () => {
  test.each([
    ["websub", "hub.challenge"],
    ["dropbox", "challenge"],
    ["nylas", "challenge"],
    ["onfleet", "check"],
  ])("of %s that is missing is 403", async (sender, name) => {
    for (const query of ["", `${name}=`, `${name.toUpperCase()}=${CHALLENGE}`, `${name}[]=${CHALLENGE}`]) {
      expectRefused(await stack.send(sender, { method: "GET", query }), CHALLENGE);
    }
  });

  test("of a hub that denies is missing, and 403", async () => {
    const query = "hub.mode=denied&hub.topic=https%3A%2F%2Fa.example&hub.reason=no";
    expectRefused(await stack.send("websub", { method: "GET", query }), "a.example");
  });

  test("of Okta that is missing is 403, that comes twice counts as the last", async () => {
    expectRefused(
      await stack.send("okta", { method: "GET", query: `X-Okta-Verification-Challenge=${CHALLENGE}` }),
    );
    const name = "X-Okta-Verification-Challenge";
    const answer = await stack.send("okta", {
      method: "GET",
      headers: [name, "first", name.toLowerCase(), CHALLENGE],
    });
    expect(answer.text).toBe(`{"verification":"${CHALLENGE}"}`);
  });

  test("is decoded once", async () => {
    const query = `challenge=${encodeURIComponent("a+b%20c")}+d`;
    expect((await stack.send("dropbox", { method: "GET", query })).text).toBe("a+b%20c d");
  });
});

test("a handshake without a body may name the type of the sender's deliveries, or JSON's", async () => {
  const ask = (sender: string, request: SenderRequest, type: string) =>
    stack.send(sender, { ...request, headers: { "Content-Type": type } });
  const get: SenderRequest = { method: "GET", query: "hub.challenge=1" };
  for (const type of ["application/atom+xml", "application/json; charset=utf-8"]) {
    expect((await ask("websub", get, type)).text).toBe("1");
  }
  expect((await ask("websub", get, "text/csv")).status).toBe(415);
  const types = ["application/cloudevents+json; charset=utf-8", "application/json"];
  for (const type of types) {
    expect((await ask("cloudevents", { method: "OPTIONS" }, type)).headers).toHaveProperty(
      "webhook-allowed-origin",
    );
  }
  expect((await ask("mandrill", { method: "HEAD" }, "application/x-www-form-urlencoded")).status).toBe(200);
});

test("what a path has no handshake for is no method", async () => {
  for (const method of ["GET", "HEAD", "OPTIONS", "PUT"] as const) {
    expect((await stack.send("github", { method, query: "challenge=1" })).status).toBe(403);
  }
  expect((await stack.send("trello", { method: "GET" })).status).toBe(403);
});

test("HEAD is answered without a body, also where it is refused", async () => {
  const answer = await stack.send("trello", { method: "HEAD" });
  expect(answer.headers).toMatchObject({ "content-length": "0" });
  expect((await stack.send("github", { method: "HEAD" })).text).toBe("");
});

describe("of POST /sqs", () => {
  let local: LocalStack | undefined;

  afterEach(() => local?.close());

  test("a sender has its handshake there, too", async () => {
    process.env.TF_VAR_webhook_verify_token = VERIFY_TOKEN;
    local = await LocalStack.start({}, { noAuth: { webhook: "meta" } });
    const ask = (hubToken: string) =>
      fetch(
        `${local?.served("no-auth-stack").url ?? ""}?hub.challenge=1158201444&hub.verify_token=${hubToken}`,
      );
    const echoed = await ask(token);
    expect([echoed.status, await echoed.text()]).toEqual([200, "1158201444"]);
    expect((await ask("other")).status).toBe(403);
  });

  test("Slack is registered there, and nothing is queued", async () => {
    local = await LocalStack.start({}, { noAuth: { webhook: { sender: "slack", registering: true } } });
    const echoed = await local.post(SLACK_BODY);
    expect([echoed.status, await echoed.text()]).toEqual([200, SLACK_CHALLENGE]);
    expect((await local.post('{"type":"event_callback"}')).status).toBe(503);
    // A method that sends nowhere has no queue that the gateway could name.
    expect(local.served("no-auth-stack").queueUrl).toBe("");
    const queueUrl = local.served("auth-stack").queueUrl.replace(/auth$/, "open");
    expect(await local.peekAtMost(1, queueUrl)).toEqual([]);
  });
});

describe("in a FIFO queue", () => {
  test("a handshake of Slack's that comes again has no deduplication id, and is 400", async () => {
    const local = await LocalStack.start({}, { noAuth: { webhook: "slack", fifo: true } });
    try {
      const refused = await local.post(SLACK_BODY);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ code: "MISSING_MESSAGE_DEDUPLICATION_ID" });
      expect(await local.receive()).toBeUndefined();
    } finally {
      await local.close();
    }
  });
});

describe("while Slack is registered", () => {
  const DELIVERY = '{"type":"event_callback","event_id":"Ev08MFMKH6","event":{"type":"message"}}';

  test.each([
    ["a delivery", DELIVERY],
    ["a handshake without a challenge", '{"type":"url_verification"}'],
    ["a handshake with markup", '{"type":"url_verification","challenge":"<script>alert(1)</script>"}'],
    ["no body", ""],
  ])("%s is 503 with Retry-After, and not queued", async (_, body) => {
    const answer = await stack.send("slack", { headers: JSON_TYPE, body });
    expect(answer.status).toBe(503);
    expect(answer.headers["retry-after"]).toBe("1");
    expect(JSON.parse(answer.text)).toEqual({
      code: "SERVICE_UNAVAILABLE",
      message: "The URL is being registered, and nothing but the handshake is taken. Retry later.",
      requestId: answer.headers["x-amzn-requestid"],
    });
    expect(await received()).toBeUndefined();
  });

  test("what is no JSON is no success, and not queued", async () => {
    const answer = await stack.send("slack", {
      headers: JSON_TYPE,
      body: "challenge=abc&type=url_verification",
    });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.text).not.toContain("abc");
    expect(await received()).toBeUndefined();
  });

  test("another content type is 415", async () => {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    expect((await stack.send("slack", { headers, body: SLACK_BODY })).status).toBe(415);
    expect(await received()).toBeUndefined();
  });

  test("and then no more, deliveries are queued, and so is a handshake that comes again", async () => {
    for (const body of [DELIVERY, SLACK_BODY]) {
      const answer = await stack.send("slack-registered", { headers: JSON_TYPE, body });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(SLACK_CHALLENGE);
      expect(await received()).toMatchObject({ body });
    }
  });
});

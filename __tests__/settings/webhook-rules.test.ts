import { readSettings } from "../../settings/settings";
import type { Params } from "../support/setting-groups";

const NAMES = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };
const AUTHORIZER = { authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:decide" };
const REQUEST = { authorization: "REQUEST", authorizer_identity_sources: [{ query: "key" }] };

function mistakes(context: Params): string[] {
  try {
    readSettings(context, {});
  } catch (error) {
    return (error as Error).message.split("\n");
  }
  return [];
}

/** What is wrong with settings of `no-auth-stack`, without where its settings are. */
function inOpenStack(settings: Params, more: Params = {}): string[] {
  const open = { storage_sqs_queue_name: "open", ...settings };
  return mistakes({ params: { ...NAMES, ...AUTHORIZER }, "no-auth-stack": open, ...more }).map((line) =>
    line.replace("cdktf.json context.no-auth-stack.", ""),
  );
}

function inAuthStack(settings: Params): string[] {
  const open = { storage_sqs_queue_name: "open" };
  return mistakes({ params: NAMES, "auth-stack": { ...AUTHORIZER, ...settings }, "no-auth-stack": open }).map(
    (line) => line.replace("cdktf.json context.auth-stack.", ""),
  );
}

const UNKNOWN = "is not a sender that is known here, got";
const ZOOM =
  "can't be had: Zoom wants the HMAC of a token in the answer, at registration and every 72 hours, which no mapping template can calculate, got";

describe("a value of webhook", () => {
  test.each<[unknown, string]>([
    ["gihub", `webhook: ${UNKNOWN} "gihub"; a sender of docs/webhooks.md. Did you mean "github"?`],
    ["GitHub", `webhook: ${UNKNOWN} "GitHub"; a sender of docs/webhooks.md. Did you mean "github"?`],
    ["zoom", `webhook: ${ZOOM} "zoom"; a sender of docs/webhooks.md. Put a Lambda function of yours`],
    ["Zoom", `webhook: ${ZOOM} "Zoom"`],
    ["constructor", `webhook: ${UNKNOWN} "constructor"`],
    ["", `webhook: ${UNKNOWN} ""; a sender of docs/webhooks.md. Write for example "github".`],
    [5, `webhook: ${UNKNOWN} 5`],
    [null, `webhook: ${UNKNOWN} null`],
    [[], 'webhook: is empty, got []; at least one sender. Write for example ["github", "stripe"].'],
    [
      {},
      'webhook.sender: is missing, got nothing; an object with the keys "sender", "registering". Write for example { "sender": "slack", "registering": true }.',
    ],
    [{ sendr: "github" }, 'webhook.sendr: is not a setting, got "sendr"; did you mean "sender"?'],
    [
      { sender: "github", path: "x" },
      'webhook.path: is not a setting, got "path"; known here: sender, regis',
    ],
    [["github", "github"], 'webhook: repeats an item, got ["github","github"]; each item once.'],
    [["github", "gihub"], `webhook.1: ${UNKNOWN} "gihub"`],
    [[5], `webhook.0: ${UNKNOWN} 5`],
    [[{}], "webhook.0.sender: is missing, got nothing;"],
    [[{ sender: "zoom" }], `webhook.0.sender: ${ZOOM} "zoom"`],
    [[{ sender: "github", pth: "x" }], 'webhook.0.pth: is not a setting, got "pth"; did you mean "path"?'],
    [[{ sender: "github", ownQueue: true }], 'webhook.0.ownQueue: is not a setting, got "ownQueue"; did you'],
    [
      [{ sender: "github", path: "sqs" }],
      'webhook.0.path: is taken, got "sqs"; one part of a path: letters, digits, hyphens and underscores. Write another one.',
    ],
    [[{ sender: "github", path: "a/b" }], 'webhook.0.path: is not valid, got "a/b"'],
    [
      ["github", { sender: "slack", path: "github" }],
      'webhook: has two senders at one path, got ["github","github"]; a path of its own for each, and not by its first capital alone. Give one of them another "path".',
    ],
    [
      ["github", { sender: "slack", path: "Github" }],
      'webhook: has two senders at one path, got ["github","Github"]',
    ],
    [
      [{ sender: "github", own_queue: "yes" }],
      'webhook.0.own_queue: is not true or false, got "yes"; true or false. Write true to send to a queue of its own',
    ],
    [
      [{ sender: "github", response: { status: 300, template: "" } }],
      "webhook.0.response.status: is out of range, got 300",
    ],
  ])("%j is refused", (webhook, message) => {
    const [first, ...others] = inOpenStack({ webhook });
    expect(first?.slice(0, message.length)).toBe(message);
    expect(others).toEqual([]);
  });

  test.each([
    "github",
    { sender: "slack", registering: true },
    ["github", { sender: "slack", path: "events", registering: true }],
    [{ sender: "github", path: "Sqs" }],
  ])("%j is taken", (webhook) => {
    expect(inOpenStack({ webhook })).toEqual([]);
  });

  test("directly below context is sent to its group", () => {
    expect(mistakes({ webhook: "github" })[0]).toBe(
      'cdktf.json context.webhook: is not a setting here, got "github"; it is one of a group. Move it into "params", for both stacks, or into "auth-stack" or "no-auth-stack".',
    );
  });
});

const SHUT_OUT = "webhook: has a sender that can't get in: ";
const GITHUB = `${SHUT_OUT}GitHub can't send the header`;
const COGNITO = {
  authorization: "COGNITO_USER_POOLS",
  cognito_user_pool_arns: ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"],
};

describe("what protects the stack protects every path", () => {
  test.each<[string, Params, string]>([
    ["a token", { webhook: "github" }, `${GITHUB} Authorization with a value of yours, got "github"; `],
    [
      "a token in another header",
      { webhook: ["github"], authorizer_token_header: "X-Token" },
      `${GITHUB} X-Token with a value of yours, got ["github"]; `,
    ],
    ["a Cognito user pool", { webhook: "github", ...COGNITO }, `${GITHUB} Authorization`],
    [
      "IAM",
      { webhook: "gitlab", authorization: "AWS_IAM" },
      `${SHUT_OUT}GitLab signs no request with AWS's keys`,
    ],
    [
      "a header for a REQUEST authorizer",
      { webhook: "github", ...REQUEST, authorizer_identity_sources: [{ header: "X-Key" }] },
      `${GITHUB} X-Key`,
    ],
    ["API keys", { webhook: "github", ...REQUEST, api_keys: ["partner"] }, `${GITHUB} x-api-key`],
    ["a secret header", { webhook: "github", ...REQUEST, secret_header: "X-Secret" }, `${GITHUB} X-Secret`],
  ])("a sender that can't send %s is refused", (_what, settings, message) => {
    const told = inAuthStack(settings);
    expect(told).toHaveLength(1);
    expect(told[0]?.slice(0, message.length)).toBe(message);
    expect(told[0]).toMatch(
      /; senders that can send what the stack asks its callers for\. Write this one for a/,
    );
  });

  test.each<[string, Params]>([
    ["a part of the URL", { webhook: "github", ...REQUEST }],
    [
      "API keys that the authorizer gives",
      { webhook: "github", ...REQUEST, api_keys: ["partner"], api_key_source: "AUTHORIZER" },
    ],
    ["a header that the sender has", { webhook: "gitlab", ...REQUEST, secret_header: "X-Gitlab-Token" }],
    ["any header", { webhook: ["gitlab"], authorizer_token_header: "X-Token" }],
  ])("%s lets a sender in", (_what, settings) => {
    expect(inAuthStack(settings)).toEqual([]);
  });

  test.each(["sns", "twilio"])("%s, which waits for a 401, can't be told by a secret header", (webhook) => {
    expect(inOpenStack({ webhook: [webhook], secret_header: "Authorization" })).toEqual([
      'secret_header: is the header that a sender of "webhook" sends only once a 401 asks for it, and this answers 403, got "Authorization"; an authorizer, which answers 401, for such a sender. Drop this, and use "authorization" of auth-stack.',
    ]);
    expect(inOpenStack({ webhook: ["docusign"], secret_header: "Authorization" })).toEqual([]);
    expect(inAuthStack({ webhook: [webhook] })).toEqual([]);
  });

  test("for both stacks it is wrong in the one with an authorizer, and the message says so", () => {
    const open = { storage_sqs_queue_name: "open" };
    expect(
      mistakes({ params: { ...NAMES, ...AUTHORIZER, webhook: "github" }, "no-auth-stack": open }),
    ).toEqual([
      'cdktf.json context.params.webhook: has a sender that can\'t get in: GitHub can\'t send the header Authorization with a value of yours in auth-stack, got "github"; senders that can send what the stack asks its callers for. Write this one for a stack that does not ask for it: its signature, which a consumer checks, tells who sent. Or write it for the other stack alone: "no-auth-stack": { "webhook": … }.',
    ]);
  });
});

const ELEVEN = Array.from({ length: 11 }, (_, index) => `X-${index}`);
const LONG_PATH = "x".repeat(64);

describe("between webhook and other settings", () => {
  test.each<[string, Params, string]>([
    [
      "registering in vain",
      { webhook: [{ sender: "github", registering: true }] },
      'webhook: has a sender that needs no registering: github, got [{"sender":"github","registering":true}]; "registering" for senders whose handshake has its value in the body, such as slack. Drop "registering".',
    ],
    [
      "two OPTIONS of /sqs",
      { webhook: "cloudevents", cors: { allow_origins: ["*"] } },
      'cors: wants OPTIONS of /sqs, which is the handshake of the sender of "webhook", got {"allow_origins":["*"]}',
    ],
    [
      "a content type that is binary and text",
      {
        webhook: ["github"],
        content_types: ["application/json", "application/x-www-form-urlencoded"],
        binary_content_types: ["application/x-www-form-urlencoded"],
      },
      "webhook: takes for binary at one path what is text at another: application/x-www-form-urlencoded, got",
    ],
    [
      "a deduplication id without FIFO",
      { webhook: [{ sender: "github", message_deduplication_id: { header: "Id" } }] },
      'webhook: makes for github a "message_deduplication_id" that needs a FIFO queue, got [{',
    ],
    [
      "an authorizer's value without an authorizer",
      { webhook: [{ sender: "github", message_group_id: { authorizer: "principalId" } }] },
      'webhook: makes for github a "message_group_id" that needs an authorizer, got [{',
    ],
    [
      "eleven attributes at a path",
      { webhook: [{ sender: "github", forward_headers: ELEVEN }] },
      'webhook: makes for github a "forward_headers" that makes more than 10 message attributes, with the other settings that forward, got [{',
    ],
    [
      "eleven attributes with the sender's",
      { webhook: "slack", forward_query_parameters: ["a", "b", "c", "d", "e", "f"] },
      'webhook: sets a "forward_headers" that makes more than 10 message attributes, with the other settings that forward, got "slack"; 10 in all, one of which binary content types need. Forward fewer.',
    ],
    [
      "what is the stack's own mistake, once",
      { webhook: ["gitlab"], secret_header: "Host" },
      'secret_header: is a header that API Gateway keeps from templates or writes itself, got "Host"',
    ],
    [
      "a limit of no method",
      { webhook: ["github"], method_throttles: { "github/GET": { rate_limit: 1, burst_limit: 1 } } },
      'method_throttles: names what is no method of the stack, got {"github/GET":{"rate_limit":1,"burst_limit":1}}; sqs/POST, github/POST. Write one of those.',
    ],
  ])("%s is refused", (_what, settings, message) => {
    const told = inOpenStack(settings);
    expect(told).toHaveLength(1);
    expect(told[0]?.slice(0, message.length)).toBe(message);
  });

  test.each<[string, Params]>([
    ["CORS beside a sender's own OPTIONS", { webhook: ["cloudevents"], cors: { allow_origins: ["*"] } }],
    ["FIFO with the sender's deduplication id", { webhook: "github", fifo: true }],
    [
      "limits of its methods",
      {
        webhook: ["github", "meta"],
        method_throttles: {
          "github/POST": { rate_limit: 1, burst_limit: 1 },
          "meta/GET": { rate_limit: 1, burst_limit: 1 },
        },
      },
    ],
  ])("%s is taken", (_what, settings) => {
    expect(inOpenStack(settings)).toEqual([]);
  });
});

const OWN = [{ sender: "github", own_queue: true }];

describe("a sender's own queue", () => {
  test.each<[string, Params, string]>([
    [
      "with somebody else's queue",
      { webhook: OWN, existing_queue_arn: "arn:aws:sqs:eu-central-1:123456789012:theirs" },
      "webhook: has a sender with a queue of its own, which would have the settings of a queue that is not the stack's, got",
    ],
    [
      "with a queue that keeps what it has",
      {
        webhook: OWN,
        adopt_queue: "arn:aws:sqs:eu-central-1:123456789012:open",
        keep_queue_attributes: true,
      },
      "webhook: has a sender with a queue of its own, which would have the settings of a queue that keeps what it has, got",
    ],
    [
      "of the dead-letter queue's name",
      { webhook: [{ ...OWN[0], path: "dlq" }] },
      "webhook: has a queue of its own for dlq, whose name is that of another queue, got",
    ],
    [
      "of the name of another own queue's dead-letter queue",
      { webhook: [...OWN, { ...OWN[0], path: "github-dlq" }] },
      "webhook: has a queue of its own for github-dlq, whose name is that of another queue, got",
    ],
    [
      "whose name is too long",
      { webhook: [{ ...OWN[0], path: "x".repeat(30) }], storage_sqs_queue_name: "a".repeat(46) },
      `storage_sqs_queue_name: is not a name for this queue, got "${"a".repeat(46)}"; up to 45 letters, digits, hyphens and underscores, since a path or a value, the environment, -dlq and .fifo may follow. Shorten it.`,
    ],
  ])("%s is refused", (_what, settings, message) => {
    const told = inOpenStack(settings);
    expect(told).toHaveLength(1);
    expect(told[0]?.slice(0, message.length)).toBe(message);
  });

  test("needs a character of the queue's name before its path", () => {
    const webhook = [{ ...OWN[0], path: LONG_PATH }];
    expect(inOpenStack({ webhook }, { environment: "abcdefghijklmnop" })).toEqual([
      expect.stringMatching(
        /^webhook: has a path or value that leaves no character for the first queue's name before it, got /,
      ),
    ]);
    expect(inOpenStack({ webhook }, { environment: "a" })).toEqual([]);
  });

  test("may be called dlq where there is no dead-letter queue", () => {
    expect(inOpenStack({ webhook: [{ ...OWN[0], path: "dlq" }], dead_letter_queue: false })).toEqual([]);
  });

  test("is no queue of the other stack", () => {
    const context = {
      params: { ...NAMES, ...AUTHORIZER },
      "auth-stack": { webhook: OWN, ...REQUEST },
      "no-auth-stack": { storage_sqs_queue_name: "orders-github" },
    };
    expect(mistakes(context)).toEqual([
      'cdktf.json context.no-auth-stack.storage_sqs_queue_name: is the queue of auth-stack too, got "orders-github"; a name of its own for each stack\'s queue, and for its others, which end in -dlq, in a path or in a value that chooses a queue. Give one of them another name: "no-auth-stack": { "storage_sqs_queue_name": … }.',
    ]);
  });

  test("counts for what is reserved for its consumer", () => {
    const consumer = {
      function_folder: "lambda/token-authorizer",
      timeout_seconds: 3,
      maximum_concurrency: 5,
      reserved_concurrent_executions: 9,
    };
    expect(inOpenStack({ webhook: OWN, consumer })).toEqual([
      'consumer.reserved_concurrent_executions: is not enough for what Lambda may send at once, and what is refused counts as a receive, got 9; at least "maximum_concurrency", or ten times the "maximum_pollers", one of which has to be given, for each of the 2 queues. Raise it, or write a lower "maximum_concurrency".',
    ]);
    expect(
      inOpenStack({ webhook: OWN, consumer: { ...consumer, reserved_concurrent_executions: 10 } }),
    ).toEqual([]);
  });
});

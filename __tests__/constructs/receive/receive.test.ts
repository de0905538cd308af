import { readSettings } from "../../../settings/settings";
import { synthesizedNoAuthStack, type Synthesized, synthesizedWithSettings } from "../../support/synthesized";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";
const COGNITO = {
  authorization: "COGNITO_USER_POOLS",
  cognito_user_pool_arns: ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"],
};

interface Method {
  readonly http_method: string;
  readonly resource_id: string;
  readonly authorization: string;
  readonly authorization_scopes?: readonly string[];
  readonly api_key_required: boolean;
}

/** The methods by verb and the last part of their path. */
function methods(stack: Synthesized): Record<string, Method> {
  const resources = stack.resources("aws_api_gateway_resource");
  const all = Object.values(stack.resources("aws_api_gateway_method")) as unknown as Method[];
  return Object.fromEntries(
    all.map((method) => {
      const name = /aws_api_gateway_resource[.](\w+)[.]id/.exec(method.resource_id)?.[1] ?? "";
      return [`${method.http_method} ${String(resources[name]?.path_part)}`, method];
    }),
  );
}

function integration(stack: Synthesized, name: RegExp) {
  return stack.only("aws_api_gateway_integration", name);
}

function policies(stack: Synthesized): string[] {
  return Object.values(stack.resources("aws_iam_role_policy")).map(({ policy }) => String(policy));
}

const RECEIVING = ["DELETE sqs", "DELETE {receiptHandle+}", "GET sqs", "POST sqs", "POST visibility"];

test("off by default, and when it is taken back: the same JSON", () => {
  const usual = JSON.stringify(synthesizedWithSettings({}).json);
  expect(JSON.stringify(synthesizedWithSettings({ receive: false }).json)).toBe(usual);
  expect(usual).not.toContain("sqs:ReceiveMessage");
});

test("every method asks the authorizer", () => {
  const found = methods(synthesizedWithSettings({ receive: true }));
  expect(Object.keys(found).sort()).toEqual(RECEIVING);
  expect(new Set(Object.values(found).map(({ authorization }) => authorization))).toEqual(
    new Set(["CUSTOM"]),
  );
});

test("each direction has a role of its own, which does nothing else, on this queue", () => {
  const stack = synthesizedWithSettings({ receive: true });
  const [sending = "", receiving = "", ...others] = policies(stack);
  expect(others).toEqual([]);
  expect(sending).toContain('"Action" = "sqs:SendMessage"');
  expect(sending).not.toContain("Receive");
  expect(receiving).toContain(
    '"Action" = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]',
  );
  expect(receiving).toMatch(/"Resource" = (aws_sqs_queue[.]\w+[.]arn|"\$\{aws_sqs_queue[.]\w+[.]arn\}")/);
  expect(receiving).not.toMatch(/Send|kms:/);
  const credentials = (name: RegExp) => integration(stack, name).credentials;
  const roles = [/_Post_/, /Receive_Get_/, /Receive_Delete_/, /HandleDelete/, /VisibilityPost/].map(
    credentials,
  );
  expect(new Set(roles).size).toBe(2);
  expect(new Set(roles.slice(1)).size).toBe(1);
});

test("of a customer's key, the receiving role may decrypt, and no more", () => {
  const [, receiving = ""] = policies(synthesizedWithSettings({ receive: true, encryption: KEY }));
  expect(receiving).toContain(`"Resource" = "${KEY}"`);
  expect(receiving).toContain('"Action" = "kms:Decrypt"');
});

test.each([
  ["the longest wait of all", { receive: true }, 25_000],
  ["a shorter limit", { receive: { max_wait_seconds: 4 } }, 9000],
  [
    "the queue's own wait, which is longer",
    { receive: { max_wait_seconds: 4 }, receive_wait_time_seconds: 10 },
    15_000,
  ],
  [
    "a queue whose wait nobody here knows",
    {
      receive: { max_wait_seconds: 0 },
      storage_sqs_queue_name: undefined,
      existing_queue_arn: "arn:aws:sqs:eu-central-1:123456789012:theirs",
    },
    25_000,
  ],
  ["a longer timeout of sending", { receive: true, integration_timeout_milliseconds: 29_000 }, 25_000],
])("a receive is waited for as long as SQS may take: %s", (_what, settings, timeout) => {
  const stack = synthesizedWithSettings(settings);
  expect(integration(stack, /Receive_Get_/).timeout_milliseconds).toBe(timeout);
  const { integration_timeout_milliseconds: ofSending = 5000 } = settings as {
    integration_timeout_milliseconds?: number;
  };
  for (const name of [/Receive_Delete_/, /HandleDelete/, /VisibilityPost/]) {
    expect(integration(stack, name).timeout_milliseconds).toBe(ofSending);
  }
});

test("consumers may need other scopes than senders", () => {
  const settings = { ...COGNITO, authorization_scopes: ["orders/write"] };
  const scopes = (receive: unknown) =>
    Object.entries(methods(synthesizedWithSettings({ ...settings, receive }))).map(([name, method]) => [
      name,
      method.authorization_scopes,
    ]);
  const others = (read: string[]) =>
    RECEIVING.map((name) => [name, name === "POST sqs" ? ["orders/write"] : read]);
  expect(scopes({ authorization_scopes: ["orders/read"] }).sort()).toEqual(others(["orders/read"]));
  expect(scopes(true).sort()).toEqual(others(["orders/write"]));
});

test("API keys and the secret header are asked of every method", () => {
  const stack = synthesizedWithSettings({
    receive: true,
    api_keys: ["partner"],
    secret_header: "X-Secret",
  });
  expect(Object.values(methods(stack)).map(({ api_key_required }) => api_key_required)).toEqual(
    RECEIVING.map(() => true),
  );
  for (const { request_templates: templates } of Object.values(
    stack.resources("aws_api_gateway_integration"),
  )) {
    expect(JSON.stringify(templates)).toMatch(/^\{"application\/json":"#set\(\$refusal = 'Action=Refused'\)/);
  }
});

test("what it adds redeploys the stage, and so does its role", () => {
  const triggers = (receive: unknown) =>
    synthesizedWithSettings({ receive }).only("aws_api_gateway_deployment").triggers as Record<
      string,
      string
    >;
  expect(triggers(true).receive_role).toMatch(/^\$\{aws_iam_role[.]\w+[.]arn\}$/);
  expect(triggers({ max_messages: 1 }).configuration).not.toBe(triggers(true).configuration);
});

test("methods may be throttled one by one", () => {
  const limit = { rate_limit: 1, burst_limit: 2 };
  const stack = synthesizedWithSettings({
    receive: true,
    cors: { allow_origins: ["*"] },
    method_throttles: {
      "sqs/GET": limit,
      "sqs/DELETE": limit,
      "sqs/{receiptHandle+}/DELETE": limit,
      "sqs/{receiptHandle+}/OPTIONS": limit,
      "sqs/visibility/POST": limit,
    },
  });
  const paths = Object.values(stack.resources("aws_api_gateway_method_settings")).map(
    (one) => one.method_path,
  );
  expect(paths.sort()).toEqual([
    "~1sqs/DELETE",
    "~1sqs/GET",
    "~1sqs~1visibility/POST",
    "~1sqs~1{receiptHandle+}/DELETE",
    "~1sqs~1{receiptHandle+}/OPTIONS",
  ]);
});

test("a day's cost has receives of as many messages as are allowed", () => {
  const rate = (settings: object) => {
    const all = synthesizedWithSettings({ max_cost_per_day: 20, ...settings });
    const [limits] = Object.values(all.resources("aws_api_gateway_method_settings"));
    return (limits?.settings as { throttling_rate_limit: number }).throttling_rate_limit;
  };
  // A send of four chunks, a receive of four for each message, and three requests of one.
  const receives = { receive: { max_messages: 5 } };
  const perMillion = 3.5 + 0.4 * 4 + (3.5 + 0.4 * 20) + 3 * 3.9;
  const requests = (20 - 0.002592) / (perMillion / 1e6);
  expect(rate(receives)).toBeCloseTo((requests - 500) / 86_400, 4);
});

test("an API that is there already gets the methods below its parent", () => {
  const stack = synthesizedWithSettings({
    receive: true,
    existing_rest_api_id: "a1b2c3d4e5",
    existing_rest_api_parent_path: "/shop",
    stage_name: "v1",
  });
  expect(Object.keys(methods(stack)).sort()).toEqual(RECEIVING);
});

test("outputs say how to receive, and on which ARNs IAM has to allow it", () => {
  const { output = {} } = synthesizedWithSettings({ receive: true }).json;
  expect(output.receive_curl_example?.value).toMatch(
    /^curl ".*[.]path_part\}\?count=1" -H "Authorization: testtoken"$/,
  );
  const iam = synthesizedWithSettings({ receive: true, authorization: "AWS_IAM" }).json.output ?? {};
  const arns = iam.receive_invoke_arns?.value as unknown as string[];
  expect(
    arns.map((arn) => arn.replace(/^.*(?=[/](GET|DELETE|POST)[/])/, "").replace(/\$\{[^}]+\}/, "sqs")),
  ).toEqual(["/GET/sqs", "/DELETE/sqs", "/DELETE/sqs/*", "/POST/sqs/visibility"]);
});

describe("mistakes", () => {
  function messageFor(ofAuthStack: object, params: object = {}, ofNoAuthStack: object = {}): string {
    const context = {
      params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders", ...params },
      "auth-stack": ofAuthStack,
      "no-auth-stack": { storage_sqs_queue_name: "open", ...ofNoAuthStack },
    };
    try {
      readSettings(context, {});
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  }

  test("an open receive route is refused", () => {
    expect(messageFor({}, {}, { receive: true })).toContain("no-auth-stack has no authorizer");
    // A setting for both stacks is auth-stack's alone.
    expect(messageFor({}, { receive: true })).toBe("");
    for (const receive of [true, {}, { maxMessages: 1 }]) {
      expect(() => synthesizedNoAuthStack({ receive })).toThrow(
        /QueueLeveling.receive: would let everybody who knows the URL read and delete the messages/,
      );
    }
    const guarded = { receive: true, apiKeys: ["partner"], secretHeader: "X-Secret" };
    expect(() => synthesizedNoAuthStack(guarded)).toThrow(/an API key or a secret header is none/);
    expect(() => synthesizedNoAuthStack({ receive: false })).not.toThrow();
  });

  test.each([
    ["a limit that SQS does not have", { receive: { max_messages: 11 } }, /receive\.max_messages.*1 to 10/],
    ["a wait that SQS does not have", { receive: { max_wait_seconds: 21 } }, /max_wait_seconds.*0 to 20/],
    ["no limit", { receive: "yes" }, /receive.*is not true or false/],
    ["an unknown limit", { receive: { max_message: 1 } }, /max_messages/],
    [
      "scopes without Cognito",
      { receive: { authorization_scopes: ["a"] } },
      /receive\.authorization_scopes.*COGNITO/,
    ],
    ["large messages", { receive: true, max_message_size: 1_048_576 }, /"receive": \{ "max_messages": 5 \}/],
    [
      "GET for pages",
      { cors: { allow_origins: ["*"], allow_methods: ["GET"] } },
      /cors\.allow_methods.*"receive"/,
    ],
  ])("%s", (_what, settings, message) => {
    expect(messageFor(settings)).toMatch(message);
  });

  test.each([
    { receive: { max_messages: 5 }, max_message_size: 1_048_576 },
    { receive: {} },
    { receive: true, cors: { allow_origins: ["*"], allow_methods: ["GET"] } },
    { receive: { authorization_scopes: ["a"] }, ...COGNITO },
  ])("%j is none", (settings) => {
    expect(messageFor(settings)).toBe("");
  });
});

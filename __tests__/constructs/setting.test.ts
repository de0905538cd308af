import { Fn, Lazy, Testing, TerraformStack, Token } from "cdktf";
import { TokenAuthorizer } from "../../constructs/authorizer/token-authorizer";
import { AwsLocation } from "../../constructs/aws-location";
import { ExistingQueue } from "../../constructs/queue/existing-queue";
import { LeveledQueue, type QueueOptions } from "../../constructs/queue/leveled-queue";
import type { ApiOptions } from "../../constructs/api/api-settings";
import { QueueLeveling } from "../../constructs/queue-leveling";
import { readSettings } from "../../settings/settings";
import type { LevelingStackProps } from "../../stacks/leveling-stack";
import { NoAuthStack } from "../../stacks/no-auth-stack";
import { Synthesized } from "../support/synthesized";

const FUNCTION_ARN = "arn:aws:lambda:eu-central-1:123456789012:function:decide";
const QUEUE_ARN = "arn:aws:sqs:eu-central-1:123456789012:theirs.fifo";

function inStack<T>(make: (stack: TerraformStack, location: AwsLocation) => T): {
  made: T;
  stack: TerraformStack;
} {
  const stack = new TerraformStack(Testing.app(), "mine");
  return { made: make(stack, new AwsLocation(stack, "Location", { regionName: "eu-central-1" })), stack };
}

function queueWith(options: QueueOptions & { queueName?: string }) {
  return inStack(
    (stack, location) => new LeveledQueue(stack, "Queue", { location, queueName: "orders", ...options }),
  );
}

function apiWith(options: ApiOptions, queueOptions: QueueOptions = {}) {
  return inStack((stack, location) => {
    const queue = new LeveledQueue(stack, "Queue", { location, queueName: "orders", ...queueOptions });
    return new QueueLeveling(stack, "Api", { location, queue, apiName: "orders", ...options });
  });
}

function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

function messageInFile(params: object): string {
  const context = {
    params: { storage_sqs_queue_name: "a", ...params },
    "no-auth-stack": { storage_sqs_queue_name: "b" },
  };
  return messageOf(() => readSettings(context, {}));
}

test.each<[string, string, QueueOptions, string]>([
  ["a space", "a b", {}, 'is not valid, got "a b"; 1 to 76 letters, digits, hyphens and underscores.'],
  ["a FIFO queue's ending", "a.fifo", { fifo: true }, 'is not valid, got "a.fifo"; 1 to 71 letters'],
  ["no room for -dlq", "a".repeat(77), {}, "is not valid, got"],
  ["nothing", "", {}, 'is empty, got ""; 1 to 76 letters'],
])("a queue's name with %s is a mistake", (_what, queueName, options, message) => {
  expect(messageOf(() => queueWith({ ...options, queueName }))).toContain(`mine/Queue.queueName: ${message}`);
});

test("a queue's name may be a token, or as long as SQS takes it", () => {
  expect(messageOf(() => queueWith({ queueName: Fn.lower("Orders") }))).toBe("");
  expect(messageOf(() => queueWith({ queueName: "a".repeat(80), deadLetterQueue: false }))).toBe("");
});

describe("a construct's own check has the message of cdktf.json", () => {
  test.each<[string, QueueOptions, object]>([
    ["a range", { delaySeconds: 901 }, { delay_seconds: 901 }],
    ["a text", { encryption: "aes" }, { encryption: "aes" }],
    [
      "a rule",
      { deadLetterQueue: false, maxReceiveCount: 3 },
      { dead_letter_queue: false, max_receive_count: 3 },
    ],
  ])("of the queue: %s", (_what, options, params) => {
    const [name = ""] = Object.keys(options).slice(-1);
    const [key = ""] = Object.keys(params).slice(-1);
    const inFile = messageInFile(params).replace(`cdktf.json context.params.${key}`, `mine/Queue.${name}`);
    expect(messageOf(() => queueWith(options))).toBe(
      inFile.replaceAll(
        /"([a-z]+_[a-z_]+)"/g,
        (_match, word: string) =>
          `\`${word.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())}\``,
      ),
    );
  });

  test.each<[string, ApiOptions, string]>([
    [
      "a nested value",
      { cors: { allowOrigins: [] } },
      "mine/Api.cors.allowOrigins: is empty, got []; at least one origin.",
    ],
    [
      "a nested key",
      { cors: { allowOrigins: ["*"], allowOrigin: "*" } as ApiOptions["cors"] },
      'mine/Api.cors.allowOrigin: is not a setting, got "allowOrigin"; did you mean `allowOrigins`?',
    ],
    [
      "a source",
      { messageGroupId: { jsonPath: "a" } },
      'mine/Api.messageGroupId.jsonPath: is not valid, got "a"; a path from $',
    ],
    [
      "a template",
      { requestTemplates: { "application/json": "#if" } },
      "mine/Api.requestTemplates.application/json: does not parse, got ",
    ],
    [
      "an authorizer",
      { forwardAuthorizerKeys: ["principalId"] },
      "mine/Api.forwardAuthorizerKeys: needs an authorizer, got ",
    ],
    [
      "a rule",
      { binaryContentTypes: ["image/png"] },
      'mine/Api.binaryContentTypes: names what is not accepted, got ["image/png"]; some of `contentTypes`.',
    ],
  ])("of the API: %s", (_what, options, message) => {
    expect(messageOf(() => apiWith(options))).toContain(message);
  });

  test("of the authorizer", () => {
    const make = () =>
      inStack(
        (stack, location) =>
          new TokenAuthorizer(stack, "Authorizer", {
            location,
            authorizerLambdaArn: FUNCTION_ARN,
            authorizerResultTtlSeconds: 3601,
          }),
      );
    expect(messageOf(make)).toMatch(
      /^mine\/Authorizer\.authorizerResultTtlSeconds: is out of range, got 3601; /,
    );
  });

  test("of a queue that is there already", () => {
    const make = () =>
      inStack(
        (stack, location) =>
          new ExistingQueue(stack, "Queue", {
            location,
            existingQueueArn: QUEUE_ARN,
            encryption: "sqs-managed",
          }),
      );
    expect(messageOf(make)).toMatch(
      /^mine\/Queue\.encryption: is a setting of a queue of the stack's own, got /,
    );
  });
});

test("a FIFO queue asks the API for its ids, the stack's own as well as another's", () => {
  expect(
    messageOf(() => apiWith({}, { fifo: true }))
      .split("\n")
      .map((line) => line.split(",")[0]),
  ).toEqual(["mine/Api.messageGroupId: is missing", "mine/Api.messageDeduplicationId: is missing"]);
  expect(
    messageOf(() =>
      apiWith({ messageGroupId: { constant: "all" } }, { fifo: true, contentBasedDeduplication: true }),
    ),
  ).toBe("");
  const onTheirs = () =>
    inStack((stack, location) => {
      const queue = new ExistingQueue(stack, "Queue", { location, existingQueueArn: QUEUE_ARN });
      return new QueueLeveling(stack, "Api", { location, queue, apiName: "orders" });
    });
  expect(messageOf(onTheirs)).toMatch(/^mine\/Api\.messageGroupId: is missing, got nothing; [^\n]*$/);
});

test("every mistake is told, a line each", () => {
  expect(messageOf(() => queueWith({ delaySeconds: -1, maxReceiveCount: 0 })).split("\n")).toHaveLength(2);
});

describe("a value that only Terraform knows", () => {
  test("passes where it goes into an attribute as it is", () => {
    const { stack } = queueWith({ delaySeconds: Token.asNumber("${var.delay}") });
    const queue = new Synthesized(Testing.synth(stack)).only("aws_sqs_queue", /^Queue_[^D]/);
    expect(queue).toMatchObject({ delay_seconds: "${var.delay}" });
  });

  test("is refused where synthesis decides by it", () => {
    const encryption = Lazy.stringValue({ produce: () => "${aws_kms_key.k.arn}" });
    expect(messageOf(() => queueWith({ encryption }))).toBe(
      "mine/Queue.encryption: is known to Terraform only, got a token; a value that synthesis can read, since it decides by it. Write the value itself.",
    );
    expect(messageOf(() => apiWith({ requiredHeaders: Token.asList("${var.headers}") }))).toMatch(
      /^mine\/Api\.requiredHeaders: is known to Terraform only, /,
    );
  });
});

test.each(["__proto__", "constructor"])(
  "a map with the name %s, which would get lost, is refused",
  (name) => {
    const tags = JSON.parse(`{ "${name}": "x" }`) as Record<string, string>;
    expect(messageInFile({ tags })).toContain("context.params.tags: has a name that can't be used, got ");
  },
);

test("an authorizer's function is checked by the construct, too", () => {
  const make = () =>
    inStack(
      (stack, location) => new TokenAuthorizer(stack, "Authorizer", { location, authorizerLambdaArn: "x" }),
    );
  expect(messageOf(make)).toMatch(/^mine\/Authorizer\.authorizerLambdaArn: is not valid, got "x"; /);
});

test("lists may be readonly, and undefined is as absent", () => {
  const contentTypes = ["application/json", "text/plain"] as const;
  expect(messageOf(() => apiWith({ contentTypes, stageName: undefined, cors: undefined }))).toBe("");
});

test("a stack checks what no construct below it sees, and what an existing queue can't have", () => {
  const backend = { type: "local", arguments: {} };
  const stackWith = (props: Partial<LevelingStackProps>) => () =>
    new NoAuthStack(Testing.app(), "mine", { backend, ...props });
  expect(messageOf(stackWith({ environment: "Bad Env", tags: { "aws:x": "y" } })).split("\n")).toEqual([
    expect.stringMatching(/^mine\.tags\.aws:x: is not a tag's key, /),
    expect.stringMatching(/^mine\.environment: is not valid, got "Bad Env"; /),
  ]);
  expect(messageOf(stackWith({ existingQueueArn: QUEUE_ARN, fifo: true, delaySeconds: 1 }))).toMatch(
    /^mine\/Queue\.fifo: is a setting of a queue of the stack's own, .*\nmine\/Queue\.delaySeconds: /,
  );
});

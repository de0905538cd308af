import { Testing } from "cdktf";
import { NoAuthStack } from "../../stacks/no-auth-stack";
import type { LevelingStackProps } from "../../stacks/leveling-stack";
import {
  encodedJson,
  type Synthesized,
  synthesizedAuthStack,
  synthesizedNoAuthStack,
} from "../support/synthesized";

const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:consume:live";
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";
/** A folder with a handler that needs nothing. */
const FOLDER = "lambda/token-authorizer";
const MAPPING = "aws_lambda_event_source_mapping";

const CONSUME = {
  Effect: "Allow",
  Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  Resource: "${aws_sqs_queue.Queue_172EC9BB.arn}",
};

const DECRYPT = {
  Effect: "Allow",
  Action: "kms:Decrypt",
  Resource: KEY,
  Condition: {
    StringEquals: {
      "kms:ViaService":
        "sqs.${var.aws_region_name}.${data.aws_partition.AwsLocation_Partition_E69D5125.dns_suffix}",
    },
  },
};

function outputs({ json }: Synthesized): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(json.output ?? {})
      .filter(([name]) => name.startsWith("consumer"))
      .map(([name, { value }]) => [name, value]),
  );
}

function notesOf(props: Partial<LevelingStackProps>): string {
  const { notes } = new NoAuthStack(Testing.app(), "no-auth-stack", {
    awsRegionName: "eu-central-1",
    storageSqsQueueName: "orders",
    backend: { type: "local", arguments: {} },
    ...props,
  });
  return notes.join("\n");
}

test("without the setting there is no mapping, no function and no output", () => {
  const stack = synthesizedAuthStack();
  const types = Object.keys(stack.json.resource ?? {});
  expect(types.filter((type) => /lambda_(function|event)|dynamodb|cloudwatch/.test(type))).toEqual([]);
  expect(outputs(stack)).toEqual({});
});

describe.each([
  ["auth-stack", synthesizedAuthStack],
  ["no-auth-stack", synthesizedNoAuthStack],
])("%s with a function by ARN", (_name, synthesized) => {
  test("maps the queue to it, with Lambda's defaults said", () => {
    const stack = synthesized({ consumer: { lambdaArn: FUNCTION } });
    expect(stack.only(MAPPING)).toMatchObject({
      event_source_arn: "${aws_sqs_queue.Queue_172EC9BB.arn}",
      function_name: FUNCTION,
      enabled: true,
      batch_size: 10,
      maximum_batching_window_in_seconds: 0,
      function_response_types: ["ReportBatchItemFailures"],
    });
    expect(Object.keys(stack.only(MAPPING)).filter((key) => /scaling|poller|filter/.test(key))).toEqual([]);
    expect(stack.resources("aws_lambda_function")).toEqual({});
  });

  test("Terraform checks that it is in the Region that the stack is deployed to", () => {
    const { lifecycle } = synthesized({ consumer: { lambdaArn: FUNCTION } }).only(MAPPING);
    expect(lifecycle).toEqual({
      precondition: [
        {
          condition: '${("eu-central-1" == var.aws_region_name)}',
          error_message: expect.stringMatching(
            /^consumer\.lambda_arn: is in another Region .* Give a function of that Region\.$/,
          ) as string,
        },
      ],
    });
  });

  test("tells what its role needs", () => {
    const { consumer_policy: policy, ...others } = outputs(
      synthesized({ consumer: { lambdaArn: FUNCTION } }),
    );
    expect(encodedJson(policy)).toEqual({ Version: "2012-10-17", Statement: [CONSUME] });
    expect(others).toEqual({
      consumer_function_arn: FUNCTION,
      consumer_event_source_mapping_uuid: expect.stringMatching(/^\$\{aws_lambda_event.*\.uuid\}$/) as string,
    });
  });
});

test("with a customer's key the policy allows to decrypt, through SQS only", () => {
  const stack = synthesizedNoAuthStack({ encryption: KEY, consumer: { lambdaArn: FUNCTION } });
  expect(encodedJson(outputs(stack).consumer_policy)).toEqual({
    Version: "2012-10-17",
    Statement: [CONSUME, DECRYPT],
  });
});

test("pollers, a concurrency and filters are blocks, and a filter's text is none of Terraform's", () => {
  const mapping = (consumer: LevelingStackProps["consumer"]) =>
    synthesizedNoAuthStack({ consumer }).only(MAPPING);
  expect(mapping({ lambdaArn: FUNCTION, maximumConcurrency: 7 }).scaling_config).toEqual({
    maximum_concurrency: 7,
  });
  expect(mapping({ lambdaArn: FUNCTION, minimumPollers: 3 }).provisioned_poller_config).toEqual({
    minimum_pollers: 3,
  });
  const filterPatterns = [{ body: { price: ["${1}", { "anything-but": "%{if}" }] } }];
  expect(mapping({ lambdaArn: FUNCTION, filterPatterns }).filter_criteria).toEqual({
    filter: [{ pattern: '{"body":{"price":["$${1}",{"anything-but":"%%{if}"}]}}' }],
  });
});

test("a FIFO queue has no window, which Lambda refuses there", () => {
  const fifo = { fifo: true, contentBasedDeduplication: true, messageGroupId: { constant: "all" } };
  const mapping = synthesizedNoAuthStack({ ...fifo, consumer: { lambdaArn: FUNCTION } }).only(MAPPING);
  expect(mapping).not.toHaveProperty("maximum_batching_window_in_seconds");
});

test("a queue of somebody else's is mapped too, and Terraform checks its Region", () => {
  const existingQueueArn = "arn:aws:sqs:eu-central-1:210987654321:theirs";
  const stack = synthesizedNoAuthStack({ existingQueueArn, consumer: { functionFolder: FOLDER } });
  expect(stack.only(MAPPING)).toMatchObject({
    event_source_arn: existingQueueArn,
    lifecycle: { precondition: [{ condition: '${("eu-central-1" == var.aws_region_name)}' }] },
  });
});

describe("a function that the stack makes", () => {
  const policyOf = (stack: Synthesized) =>
    encodedJson(stack.only("aws_iam_role_policy", /^Consumer/).policy) as { Statement: object[] };

  test("has the least: its own logs, the queue, no environment and no trace", () => {
    const stack = synthesizedNoAuthStack({ consumer: { functionFolder: FOLDER } });
    expect(stack.only("aws_lambda_function")).toMatchObject({
      function_name: "queue-leveling-no-auth-stack-consumer",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memory_size: 128,
      timeout: 5,
      filename: "${path.module}/consumer-function.zip",
      tracing_config: { mode: "PassThrough" },
    });
    for (const absent of ["environment", "reserved_concurrent_executions"]) {
      expect(stack.only("aws_lambda_function")).not.toHaveProperty(absent);
    }
    expect(stack.only("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/lambda/queue-leveling-no-auth-stack-consumer",
      retention_in_days: 14,
    });
    const logs = `\${aws_cloudwatch_log_group.${stack.only("aws_cloudwatch_log_group").name_in_terraform}.arn}:*`;
    expect(policyOf(stack).Statement).toEqual([
      { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: logs },
      CONSUME,
    ]);
    expect(outputs(stack)).not.toHaveProperty("consumer_policy");
    expect(Object.keys(outputs(stack))).toEqual(
      expect.arrayContaining(["consumer_function_name", "consumer_role_name"]),
    );
  });

  test("may decrypt, trace and remember where it is to", () => {
    const stack = synthesizedNoAuthStack({
      encryption: KEY,
      consumer: {
        functionFolder: FOLDER,
        tracing: true,
        idempotency: true,
        idempotencyAttribute: "Idempotency-Key",
        environmentVariables: { GREETING: "${hello}" },
      },
    });
    const { name_in_terraform: table, ...said } = stack.only("aws_dynamodb_table");
    expect(said).toMatchObject({
      name: "queue-leveling-no-auth-stack-consumer-idempotency",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "id",
      ttl: { attribute_name: "expiration", enabled: true },
    });
    expect(stack.only("aws_lambda_function")).toMatchObject({
      environment: {
        variables: {
          GREETING: "$${hello}",
          IDEMPOTENCY_TABLE: `\${aws_dynamodb_table.${table}.name}`,
          IDEMPOTENCY_ATTRIBUTE: "Idempotency-Key",
        },
      },
      tracing_config: { mode: "Active" },
    });
    expect(policyOf(stack).Statement.slice(1)).toEqual([
      CONSUME,
      DECRYPT,
      {
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
        Resource: `\${aws_dynamodb_table.${table}.arn}`,
      },
      { Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" },
    ]);
  });

  test("has a name of its own beside the authorizer's, also in the longest environment", () => {
    const stack = synthesizedAuthStack({
      environment: "a234567890123456",
      authorizerFunctionFolder: FOLDER,
      consumer: { functionFolder: FOLDER },
    });
    const names = Object.values(stack.resources("aws_lambda_function")).map(({ function_name: name }) =>
      String(name),
    );
    expect(names).toContain("queue-leveling-auth-stack-a234567890123456-consumer");
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(64);
  });
});

test("the construct itself checks its settings, with the queue's", () => {
  expect(() => synthesizedNoAuthStack({ consumer: { functionFolder: FOLDER, timeoutSeconds: 6 } })).toThrow(
    "no-auth-stack/Consumer.visibilityTimeoutSeconds: is too short for the consumer",
  );
  expect(() => synthesizedNoAuthStack({ consumer: {} })).toThrow(
    "no-auth-stack/Consumer.consumer: names no function",
  );
});

describe("what is told at synthesis", () => {
  const folder = { functionFolder: FOLDER };

  test("nothing, where all is checked", () => {
    expect(notesOf({ consumer: folder })).toBe("");
    expect(notesOf({ consumer: { lambdaArn: FUNCTION, timeoutSeconds: 5 } })).toBe("");
  });

  test("how long a function of yours may take, where nobody tells", () => {
    const consumer = { lambdaArn: FUNCTION, maximumBatchingWindowSeconds: 30 };
    expect(notesOf({ visibilityTimeoutSeconds: 100, consumer })).toContain("a timeout of up to 11 seconds");
  });

  test("what somebody else's queue has to have, beside what the throttle tells", () => {
    const existingQueueArn = "arn:aws:sqs:eu-central-1:210987654321:theirs";
    const note = notesOf({ existingQueueArn, maxCostPerDay: 5, consumer: folder });
    expect(note.split("\n")).toEqual([
      expect.stringContaining("$5 a day"),
      expect.stringMatching(/^`consumer`: .* at least 30 seconds/),
    ]);
  });

  test("that a filter deletes", () => {
    expect(notesOf({ consumer: { ...folder, filterPatterns: [{ body: ["ping"] }] } })).toContain(
      "Lambda deletes each message that matches none of `filterPatterns`",
    );
  });

  test("too few receives before a message is a dead letter", () => {
    expect(notesOf({ maxReceiveCount: 4, consumer: folder })).toContain("`maxReceiveCount` is 4");
    expect(notesOf({ deadLetterQueue: false, consumer: folder })).toBe("");
  });
});

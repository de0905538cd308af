import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { type AwsRecorder, type RecordedCall, startAwsRecorder } from "../support/deploy/aws-recorder";
import { functionArn } from "../support/deploy/authorizer-function";
import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { ChangingStack } from "../support/deploy/changing-stack";
import { ciPolicy, grantedActions, refusedCalls } from "../support/deploy/ci-policies";
import { installConsumer, invokeArchive } from "../support/deploy/consumer-archive";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "../support/deploy/emulated-aws";
import { callLambda } from "../support/deploy/lambda-api";
import { describeRoles } from "../support/deploy/role-description";
import { succeeded } from "../support/deploy/succeeded";

const NAME = "queue-leveling-auth-stack-consumer";
const TABLE = `${NAME}-idempotency`;
const QUEUE = `arn:aws:sqs:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:orders`;
const GIVEN = { lambda_arn: functionArn("decide-anew"), timeout_seconds: 4 };
const MADE = { function_folder: "lambda/consumer", idempotency: true, tracing: true, maximum_concurrency: 4 };

/** What a mapping says that was made with as little as can be, beside its ids and times. */
const BARE = {
  BatchSize: 10,
  EventSourceArn: QUEUE,
  FunctionArn: GIVEN.lambda_arn,
  FunctionResponseTypes: ["ReportBatchItemFailures"],
  MaximumBatchingWindowInSeconds: 0,
  State: "Enabled",
};

const POLICIES = [
  "plan-policy.json",
  "apply-policy.json",
  "consumer-plan-policy.json",
  "consumer-apply-policy.json",
].map(ciPolicy);

/** What IAM asks for besides the action of the request itself; what is untagged is so by a change of tags. */
const IMPLIED = /^(iam:PassRole|\w+:(Tag|Untag)Resource)$/;

/** Actions on the consumer are allowed by the function that a mapping is for, which no request but the first tells. */
const BY_FUNCTION = /^lambda:(Create|Update|Delete)EventSourceMapping/;

interface Mappings {
  readonly EventSourceMappings: readonly Readonly<Record<string, unknown>>[];
}

describeDeploy("a consumer on a deployed stack", () => {
  let stack: ChangingStack;
  let recorder: AwsRecorder;
  let before: unknown;
  let codeBefore: string;
  const calls: RecordedCall[] = [];

  const mappings = async () => {
    const answer = await callLambda(stack.workspace.aws, "GET", "/event-source-mappings/");
    return (answer as Mappings).EventSourceMappings.map(
      ({ UUID, EventSourceMappingArn, LastModified, StateTransitionReason, Tags, ...said }) => {
        expect([UUID, EventSourceMappingArn, LastModified, StateTransitionReason, Tags]).not.toContain(
          undefined,
        );
        return said;
      },
    );
  };

  /** Applies the settings of a consumer, and no others, and plans again. */
  const apply = async (consumer: object) => {
    await stack.applyOnly({ consumer });
    await stack.expectNothingToChange();
  };

  const output = async (name: string) =>
    (await succeeded(stack.terraform("output", "-raw", name))).output.trim();

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    installConsumer(stack.workspace.project.folder);
    before = await awsSnapshot(stack.workspace.aws);
    recorder = await startAwsRecorder(stack.workspace.aws.endpoint);
    stack.workspace.environment.AWS_ENDPOINT_URL = recorder.url;
  });

  afterEach(() => {
    calls.push(...recorder.takeCalls());
  });

  afterAll(async () => {
    recorder.close();
    await stack.workspace.close();
  });

  test("a function by ARN: the mapping says what the settings say, and an output what its role needs", async () => {
    await apply({
      ...GIVEN,
      maximum_concurrency: 20,
      batch_size: 100,
      maximum_batching_window_seconds: 6,
      filter_patterns: [{ body: { type: ["${order}"] } }],
      report_batch_item_failures: false,
      enabled: false,
    });
    expect(await mappings()).toEqual([
      {
        ...BARE,
        BatchSize: 100,
        MaximumBatchingWindowInSeconds: 6,
        ScalingConfig: { MaximumConcurrency: 20 },
        FilterCriteria: { Filters: [{ Pattern: '{"body":{"type":["${order}"]}}' }] },
        FunctionResponseTypes: undefined,
        State: "Disabled",
      },
    ]);
    expect(JSON.parse(await output("consumer_policy"))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
          Resource: QUEUE,
        },
      ],
    });
  });

  test("pollers in the place of the concurrency: the same mapping, with nothing left of what was before", async () => {
    const uuid = await output("consumer_event_source_mapping_uuid");
    await apply({ ...GIVEN, minimum_pollers: 3, maximum_pollers: 5 });
    const pollers = { MinimumPollers: 3, MaximumPollers: 5 };
    expect(await mappings()).toEqual([{ ...BARE, ProvisionedPollerConfig: pollers }]);
    expect(await output("consumer_event_source_mapping_uuid")).toBe(uuid);
  });

  test("the pollers taken back, too: the mapping is a bare one", async () => {
    await apply(GIVEN);
    expect(await mappings()).toEqual([BARE]);
  });

  test("a function of the stack's own in its place: with a role that may consume, trace and remember, and no more", async () => {
    await apply({ ...MADE, reserved_concurrent_executions: 5 });
    const { ScalingConfig, FunctionArn } = (await mappings())[0] ?? {};
    expect({ ScalingConfig, FunctionArn }).toEqual({
      ScalingConfig: { MaximumConcurrency: 4 },
      FunctionArn: functionArn(NAME),
    });
    const made = await callLambda(stack.workspace.aws, "GET", `/functions/${NAME}`);
    expect(made).toMatchObject({
      Configuration: {
        Runtime: "nodejs22.x",
        Architectures: ["arm64"],
        Timeout: 5,
        TracingConfig: { Mode: "Active" },
        Environment: { Variables: { IDEMPOTENCY_TABLE: TABLE } },
      },
      Concurrency: { ReservedConcurrentExecutions: 5 },
    });
    const { Configuration } = made as { Configuration: { Role: string; CodeSha256: string } };
    codeBefore = Configuration.CodeSha256;
    const role = (await describeRoles(stack.workspace.aws)).find(({ arn }) => arn === Configuration.Role);
    const [policy] = role?.inlinePolicies as [Parameters<typeof grantedActions>[0]];
    expect(grantedActions(policy)).toEqual([
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
      "dynamodb:DeleteItem",
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
    ]);
    expect(role?.arn.endsWith(`/${await output("consumer_role_name")}`)).toBe(true);
  });

  test("its archive runs, and the table tells what is done before", async () => {
    const archive = join(stack.workspace.project.stackFolder("auth-stack"), "consumer-function.zip");
    const record = {
      messageId: "m1",
      body: "{}",
      attributes: { ApproximateReceiveCount: "1" },
      messageAttributes: { RequestId: { stringValue: "r1" } },
      eventSourceARN: QUEUE,
    };
    const environment = {
      ...stack.workspace.aws.environment,
      AWS_LAMBDA_FUNCTION_NAME: NAME,
      IDEMPOTENCY_TABLE: TABLE,
    };
    const invoke = (body: string) =>
      invokeArchive(
        archive,
        {
          Records: [
            { ...record, body },
            { ...record, messageId: body },
          ],
        },
        environment,
      );
    const done = { requestId: "r1", messageId: "m1", message: "Message is done" };
    expect(await invoke("{}")).toEqual(
      expect.arrayContaining([expect.objectContaining(done), { answer: { batchItemFailures: [] } }]),
    );
    const again = await invoke("[]");
    // The same id with another body is no repeat.
    expect(again).toContainEqual({ answer: { batchItemFailures: [{ itemIdentifier: "m1" }] } });
    expect(await invoke("{}")).toEqual(
      expect.arrayContaining([expect.objectContaining({ ...done, message: "Message was done before" })]),
    );
  });

  test("its reservation taken back and its code changed: the account's concurrency, and the new code", async () => {
    appendFileSync(join(stack.workspace.project.folder, "lambda/consumer/consume.js"), "// changed\n");
    await apply({ ...MADE, memory_size: 256 });
    const made = await callLambda(stack.workspace.aws, "GET", `/functions/${NAME}`);
    const CodeSha256 = expect.not.stringContaining(codeBefore) as string;
    expect(made).toMatchObject({ Configuration: { MemorySize: 256, CodeSha256 } });
    expect(made).not.toHaveProperty("Concurrency");
  });

  test("all taken back, AWS is as it was before, without mapping, function and table", async () => {
    await stack.applyOnly({});
    await stack.expectNothingToChange();
    expect(await mappings()).toEqual([]);
    expect(await awsSnapshot(stack.workspace.aws)).toEqual(before);
    expect(await callLambda(stack.workspace.aws, "GET", `/functions/${NAME}`)).toBeUndefined();
    const { stdout } = await succeeded(stack.terraform("state", "list"));
    expect(stdout).not.toContain("Consumer");
  });

  test("the rights in examples/ci are enough for all that, and no right is granted that nothing needed", () => {
    expect(
      refusedCalls(
        calls.filter(({ action }) => !BY_FUNCTION.test(action)),
        POLICIES,
      ),
    ).toEqual([]);
    const used = new Set(calls.map(({ action }) => action));
    const granted = POLICIES.slice(2).flatMap(grantedActions);
    expect(granted.filter((action) => !used.has(action) && !IMPLIED.test(action))).toEqual([]);
    expect(granted).toEqual(expect.arrayContaining([...used].filter((action) => BY_FUNCTION.test(action))));
  });
});

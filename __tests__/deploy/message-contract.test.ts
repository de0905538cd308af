import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { createAuthorizerFunction } from "../support/deploy/authorizer-function";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { remainingResources } from "../support/deploy/remaining-resources";
import { describeRoles } from "../support/deploy/role-description";
import { succeeded } from "../support/deploy/succeeded";

const KEY = `arn:aws:kms:${EMULATED_REGION}:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000`;

/** Between them, the two stacks use every setting that changes what is deployed. */
const SETTINGS = {
  "auth-stack": {
    content_types: ["application/json", "application/x-www-form-urlencoded", "image/png"],
    forward_headers: ["X-GitHub-Event"],
    forward_query_parameters: ["tenant"],
    forward_authorizer_keys: ["principalId"],
    forward_request_metadata: ["requestId", "sourceIp"],
    authorizer_result_ttl_seconds: 60,
    authorizer_token_pattern: "^[a-z${}]+$",
    batch: true,
    request_schema: {
      "application/json": { type: "object", properties: { a: { pattern: "^[$]{2}|^[$][{]x[}]$" } } },
    },
    required_query_parameters: ["tenant"],
    response: "compact",
    cors: { allow_origins: ["https://a.example", "https://b.example"] },
    encryption: KEY,
    delay_seconds: 0,
    message_retention_seconds: 3600,
    visibility_timeout_seconds: 60,
    receive_wait_time_seconds: 20,
    max_message_size: 65_536,
    max_receive_count: 3,
    integration_timeout_milliseconds: 3000,
    tags: { team: "orders" },
  },
  "no-auth-stack": {
    storage_sqs_queue_name: "open-orders",
    fifo: true,
    fifo_high_throughput: true,
    content_based_deduplication: true,
    message_group_id: { header: "X-Tenant" },
    encryption: "sqs-managed",
    request_templates: {
      "application/json":
        "Action=SendMessage&MessageBody=$util.urlEncode($input.body)#set($g = 'a')&MessageGroupId=${g}",
    },
    response: { status: 201, template: '{"done":true}' },
    cors: { allow_origins: ["*"] },
    stage_name: "v1",
  },
};

describeDeploy("the message contract, with every setting", () => {
  const stacks = ["auth-stack", "no-auth-stack"];
  let workspace: DeployWorkspace;
  let gateway: RunningGateway | undefined;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext(SETTINGS));
    await createAuthorizerFunction(workspace.aws, "decide");
    await workspace.synth();
    await Promise.all(
      stacks.map(async (stack) => {
        await succeeded(workspace.terraform(stack, "init", "-input=false"));
        await succeeded(workspace.terraform(stack, "apply", "-auto-approve", "-input=false"));
      }),
    );
  });

  afterAll(async () => {
    await gateway?.close();
    await workspace.close();
  });

  test.each(stacks)("a second plan of %s is empty", async (stack) => {
    const plan = await workspace.terraform(stack, "plan", "-input=false", "-detailed-exitcode");
    expect(plan.output).toContain("No changes.");
    expect(plan.exitCode).toBe(0);
  });

  test.each([
    [
      "orders",
      {
        KmsMasterKeyId: KEY,
        MessageRetentionPeriod: "3600",
        VisibilityTimeout: "60",
        ReceiveMessageWaitTimeSeconds: "20",
        MaximumMessageSize: "65536",
      },
    ],
    ["orders-dlq", { KmsMasterKeyId: KEY, MessageRetentionPeriod: "1209600" }],
    [
      "open-orders.fifo",
      { FifoQueue: "true", ContentBasedDeduplication: "true", SqsManagedSseEnabled: "true" },
    ],
    ["open-orders-dlq.fifo", { FifoQueue: "true", SqsManagedSseEnabled: "true" }],
  ])("the queue %s has what the settings say, and refuses plain HTTP", async (name, expected) => {
    const { Policy = "", ...attributes } = await attributesOf(name);
    expect(attributes).toMatchObject(expected);
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [{ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
    });
  });

  test("a dead-letter queue serves its own queue only", async () => {
    const [queue, deadLetters] = await Promise.all([attributesOf("orders"), attributesOf("orders-dlq")]);
    expect(JSON.parse(queue.RedrivePolicy ?? "")).toEqual({
      deadLetterTargetArn: deadLetters.QueueArn,
      maxReceiveCount: 3,
    });
    expect(JSON.parse(deadLetters.RedriveAllowPolicy ?? "")).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [queue.QueueArn],
    });
  });

  test("the role may use exactly the customer's key, besides sending", async () => {
    const roles = await describeRoles(workspace.aws);
    const { QueueArn } = await attributesOf("orders");
    expect(roles.flatMap(({ inlinePolicies }) => inlinePolicies)).toContainEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "sqs:SendMessage", Resource: QueueArn },
        {
          Effect: "Allow",
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: KEY,
          Condition: { StringEquals: { "kms:ViaService": `sqs.${EMULATED_REGION}.amazonaws.com` } },
        },
      ],
    });
  });

  test("the local gateway serves what was applied, from Terraform's state", async () => {
    process.env.AUTHORIZER_TOKEN = "testtoken";
    const states = await Promise.all(stacks.map(stateFile));
    gateway = await startGateway({
      stacks: states,
      authorizer: require.resolve("../../lambda/token-authorizer"),
    });
    const [auth, open] = gateway.stacks.map(({ url }) => url);
    const json = { "Content-Type": "application/json" };
    const sent = await fetch(`${auth ?? ""}?tenant=t`, {
      method: "POST",
      headers: { ...json, Authorization: "testtoken", Origin: "https://b.example" },
      body: '{"a":"$$"}',
    });
    expect(sent.status).toBe(202);
    expect(sent.headers.get("Access-Control-Allow-Origin")).toBe("https://b.example");
    const refused = await fetch(`${auth ?? ""}?tenant=t`, {
      method: "POST",
      headers: { ...json, Authorization: "testtoken" },
      body: '{"a":"x"}',
    });
    expect(refused.status).toBe(400);
    const own = await fetch(open ?? "", { method: "POST", headers: json, body: "{}" });
    expect([own.status, await own.text()]).toEqual([201, '{"done":true}']);
  });

  test("one id leads from the answer through the access log and the queue to the dead letters", async () => {
    process.env.AUTHORIZER_TOKEN = "testtoken";
    const lines: string[] = [];
    await gateway?.close();
    gateway = await startGateway({
      stacks: [await stateFile("auth-stack")],
      authorizer: require.resolve("../../lambda/token-authorizer"),
      sqsEndpoint: workspace.aws.endpoint,
      accessLog: (line) => lines.push(line),
    });
    const { status, headers } = await fetch(`${gateway.stacks[0]?.url ?? ""}?tenant=t`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: "testtoken" },
      body: '{"a":"$$"}',
    });
    expect(status).toBe(202);
    const requestId = headers.get("x-amzn-RequestId");
    expect(requestId).toMatch(/^[\da-f-]{36}$/);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ requestId, status: "202" }),
    ]);
    const ids = {
      MessageAttributes: { RequestId: { DataType: "String", StringValue: requestId } },
      Attributes: { AWSTraceHeader: headers.get("X-Amzn-Trace-Id") },
    };
    for (let receive = 1; receive <= SETTINGS["auth-stack"].max_receive_count; receive++) {
      expect(await failOn("orders")).toMatchObject([ids]);
    }
    expect(await failOn("orders")).toEqual([]);
    expect(await failOn("orders-dlq")).toMatchObject([ids]);
  });

  test("destroy leaves nothing behind", async () => {
    await Promise.all(
      stacks.map((stack) =>
        succeeded(workspace.terraform(stack, "destroy", "-auto-approve", "-input=false")),
      ),
    );
    expect(await remainingResources(workspace.aws)).toEqual([]);
  });

  /** Receives what is there, and gives it back at once. */
  async function failOn(QueueName: string): Promise<Message[]> {
    const { sqs } = awsClients(workspace.aws);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      }),
    );
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    }
    return Messages;
  }

  async function attributesOf(QueueName: string): Promise<Record<string, string>> {
    const { sqs } = awsClients(workspace.aws);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All", "RedriveAllowPolicy"] }),
    );
    return Attributes;
  }

  async function stateFile(stack: string): Promise<string> {
    const { stdout } = await succeeded(workspace.terraform(stack, "show", "-json"));
    const file = join(workspace.project.folder, `${stack}.json`);
    writeFileSync(file, stdout);
    return file;
  }
});

import { GetQueueAttributesCommand, GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { createAuthorizerFunction, functionArn } from "./authorizer-function";
import { awsClients } from "./aws-clients";
import { deployContext } from "./deploy-context";
import { DeployWorkspace } from "./deploy-workspace";
import { describeDeploy } from "./describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "./emulated-aws";
import { mergedOverrides, type ResourceOverrides } from "./resource-overrides";
import { describeRestApi } from "./rest-api-description";
import { succeeded } from "./succeeded";

/** One more change to the deployed stack: those before it stay. */
interface Change {
  readonly change: string;
  readonly overrides?: ResourceOverrides;
  /** Settings below `params`. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly variable?: string;
}

const REACHES_THE_STAGE: readonly Change[] = [
  {
    change: "the request template",
    overrides: {
      aws_api_gateway_integration: { "request_templates.application/json": "Action=SendMessage" },
    },
  },
  {
    change: "the response templates",
    overrides: { aws_api_gateway_integration_response: { "response_templates.application/json": "{}" } },
  },
  {
    change: "the integration's timeout",
    overrides: { aws_api_gateway_integration: { timeout_milliseconds: 7000 } },
  },
  {
    change: "the header that holds the token",
    overrides: { aws_api_gateway_authorizer: { identity_source: "method.request.header.X-Token" } },
  },
  {
    change: "the time for which an authorizer's answer is cached",
    overrides: { aws_api_gateway_authorizer: { authorizer_result_ttl_in_seconds: 60 } },
  },
  {
    change: "the method's authorization",
    overrides: { aws_api_gateway_method: { authorization: "AWS_IAM", authorizer_id: null } },
  },
  {
    change: "the API's resource policy",
    overrides: {
      aws_api_gateway_rest_api: {
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" }],
        }),
      },
    },
  },
  {
    change: "the authorizer's function, by variable",
    variable: `authorizer_lambda_arn=${functionArn("decide-anew")}`,
  },
];

const STAYS_OUTSIDE: readonly Change[] = [
  { change: "a tag of the API", overrides: { aws_api_gateway_rest_api: { tags: { team: "orders" } } } },
  { change: "the stage's name", params: { stage_name: "live" } },
  { change: "the queue's retention", overrides: { aws_sqs_queue: { message_retention_seconds: 120 } } },
  {
    change: "the queue's encryption",
    overrides: { aws_sqs_queue: { kms_master_key_id: null, sqs_managed_sse_enabled: true } },
  },
];

describeDeploy("a change to a deployed stack", () => {
  let workspace: DeployWorkspace;
  let overrides: ResourceOverrides = {};
  let params = deployContext().params as Record<string, unknown>;
  const variables: string[] = [];
  const terraform = (...args: string[]) => workspace.terraform("auth-stack", ...args);

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    await createAuthorizerFunction(workspace.aws, "decide");
    await createAuthorizerFunction(workspace.aws, "decide-anew");
    await workspace.synth();
    await succeeded(terraform("init", "-input=false"));
    await succeeded(terraform("apply", "-auto-approve", "-input=false"));
    await sendMessage(workspace, "orders");
  });

  afterAll(() => workspace.close());

  async function apply(change: Change): Promise<void> {
    overrides = mergedOverrides(overrides, change.overrides ?? {});
    params = { ...params, ...change.params };
    if (change.variable !== undefined) variables.push("-var", change.variable);
    workspace.project.override(overrides);
    workspace.project.configure(deployContext({ params }));
    await workspace.synth();
    await succeeded(terraform("apply", "-auto-approve", "-input=false", ...variables));
  }

  async function expectNothingToChange(): Promise<void> {
    const { exitCode, output } = await terraform("plan", "-input=false", "-detailed-exitcode", ...variables);
    expect(output).toContain("No changes.");
    expect(exitCode).toBe(0);
  }

  test.each(REACHES_THE_STAGE)("$change: the stage gets a new deployment", async (change) => {
    const before = await describeRestApi(workspace.aws);
    await apply(change);
    const { api, stages, deploymentIds } = await describeRestApi(workspace.aws);
    expect(api.id).toBe(before.api.id);
    expect(deploymentIds).toHaveLength(1);
    expect(deploymentIds).not.toEqual(before.deploymentIds);
    expect(stages.map(({ deploymentId }) => deploymentId)).toEqual(deploymentIds);
    await expectNothingToChange();
  });

  test.each(STAYS_OUTSIDE)("$change: the deployment stays, the queue keeps its messages", async (change) => {
    const before = await describeRestApi(workspace.aws);
    await apply(change);
    const { stages, deploymentIds } = await describeRestApi(workspace.aws);
    expect(deploymentIds).toEqual(before.deploymentIds);
    expect(stages.map(({ deploymentId }) => deploymentId)).toEqual(deploymentIds);
    expect(await messageCount(workspace, "orders")).toBe(1);
    await expectNothingToChange();
  });

  test("the queue's name, by variable: the plan says that the queue is replaced, and the API follows", async () => {
    const before = await describeRestApi(workspace.aws);
    variables.push("-var", "storage_sqs_queue_name=orders-anew");
    const { output } = await succeeded(
      terraform("plan", "-input=false", "-out=renamed.tfplan", ...variables),
    );
    expect(output).toMatch(/aws_sqs_queue\.\S+ must be replaced/);
    await succeeded(terraform("apply", "-input=false", "renamed.tfplan"));
    const { post, stages, deploymentIds } = await describeRestApi(workspace.aws);
    expect(post.methodIntegration?.uri).toBe(
      `arn:aws:apigateway:${EMULATED_REGION}:sqs:path/${EMULATED_ACCOUNT_ID}/orders-anew`,
    );
    expect(deploymentIds).not.toEqual(before.deploymentIds);
    expect(stages.map(({ deploymentId }) => deploymentId)).toEqual(deploymentIds);
    await expectNothingToChange();
  });
});

async function queueUrl({ aws }: DeployWorkspace, name: string): Promise<string | undefined> {
  return (await awsClients(aws).sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
}

async function sendMessage(workspace: DeployWorkspace, queue: string): Promise<void> {
  const message = new SendMessageCommand({
    QueueUrl: await queueUrl(workspace, queue),
    MessageBody: "waiting",
  });
  await awsClients(workspace.aws).sqs.send(message);
}

async function messageCount(workspace: DeployWorkspace, queue: string): Promise<number> {
  const { Attributes } = await awsClients(workspace.aws).sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: await queueUrl(workspace, queue),
      AttributeNames: ["ApproximateNumberOfMessages"],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}

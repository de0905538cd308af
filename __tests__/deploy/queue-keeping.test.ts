import { GetQueueAttributesCommand, GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { awsClients } from "../support/deploy/aws-clients";
import { type Change, ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION, type EmulatedAws } from "../support/deploy/emulated-aws";
import { describeRestApi } from "../support/deploy/rest-api-description";

const KEEPS_THE_QUEUE: readonly Change[] = [
  { change: "a tag", params: { tags: { team: "orders" } } },
  { change: "the stage's name", params: { stage_name: "live" } },
  {
    change: "the queue's retention and encryption",
    params: { message_retention_seconds: 120, encryption: "sqs-managed" },
  },
];

describeDeploy("a change that does not belong to the API's deployment", () => {
  let stack: ChangingStack;

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    await sendMessage(stack.workspace.aws, "orders");
  });

  afterAll(() => stack.workspace.close());

  test.each(KEEPS_THE_QUEUE)(
    "$change: the deployment stays, the queue keeps its messages",
    async (change) => {
      const before = await describeRestApi(stack.workspace.aws);
      await stack.apply(change);
      const { stages, deploymentIds } = await describeRestApi(stack.workspace.aws);
      expect(deploymentIds).toEqual(before.deploymentIds);
      expect(stages.map(({ deploymentId }) => deploymentId)).toEqual(deploymentIds);
      expect(await messageCount(stack.workspace.aws, "orders")).toBe(1);
      await stack.expectNothingToChange();
    },
  );

  test("the queue's name: the plan says that the queue is replaced, and the stage follows", async () => {
    const before = await describeRestApi(stack.workspace.aws);
    const change = { change: "the queue's name", variable: "storage_sqs_queue_name=orders-anew" };
    expect(await stack.apply(change)).toMatch(/aws_sqs_queue\.\S+ must be replaced/);
    const { post, stages, deploymentIds } = await describeRestApi(stack.workspace.aws);
    expect(post.methodIntegration?.uri).toBe(
      `arn:aws:apigateway:${EMULATED_REGION}:sqs:path/${EMULATED_ACCOUNT_ID}/orders-anew`,
    );
    expect(deploymentIds).not.toEqual(before.deploymentIds);
    expect(stages.map(({ deploymentId }) => deploymentId)).toEqual(deploymentIds);
    await stack.expectNothingToChange();
  });
});

async function sendMessage(aws: EmulatedAws, queue: string): Promise<void> {
  const { sqs } = awsClients(aws);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "waiting" }));
}

async function messageCount(aws: EmulatedAws, queue: string): Promise<number> {
  const { sqs } = awsClients(aws);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}

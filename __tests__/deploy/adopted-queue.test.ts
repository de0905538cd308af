import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { succeeded } from "../support/deploy/succeeded";

const STACK = "no-auth-stack";

describeDeploy("a live queue that the stack adopts", () => {
  let workspace: DeployWorkspace;
  let QueueUrl: string;
  const terraform = (...args: string[]) => workspace.terraform(STACK, ...args);
  const sqs = () => awsClients(workspace.aws).sqs;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext({"no-auth-stack": {storage_sqs_queue_name: "open-orders", adopt_queue: "arn:aws:sqs:eu-central-1:123456789012:open-orders", keep_queue_attributes: true}}));
    await workspace.synth();
    ({ QueueUrl = "" } = await sqs().send(
      new CreateQueueCommand({
        QueueName: "open-orders",
        Attributes: { MessageRetentionPeriod: "1209600", Policy: '{"Statement":[]}' },
        tags: { owner: "them" },
      }),
    ));
    await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: "waiting" }));
    await succeeded(terraform("init", "-input=false"));
  });

  afterAll(() => workspace.close());

  test("the plan", async () => {
    const { output } = await succeeded(terraform("plan", "-input=false"));
    console.log(output.slice(0, 3000), output.slice(-1500));
    console.log((await succeeded(terraform("apply", "-input=false", "-auto-approve"))).output.slice(-2000));
    const { Attributes } = await sqs().send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    const { Tags } = await sqs().send(new ListQueueTagsCommand({ QueueUrl }));
    console.log(Attributes, Tags);
    console.log((await terraform("plan", "-input=false", "-detailed-exitcode")).output);
  });
});

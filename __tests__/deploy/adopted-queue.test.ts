import { writeFileSync } from "node:fs";
import { join } from "node:path";
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
import { queueAddress, stackDocument } from "../support/deploy/imported-queue";
import { succeeded } from "../support/deploy/succeeded";

const STACK = "no-auth-stack";

describeDeploy("a live queue that the stack adopts by an import block", () => {
  let workspace: DeployWorkspace;
  let QueueUrl: string;
  const terraform = (...args: string[]) => workspace.terraform(STACK, ...args);
  const sqs = () => awsClients(workspace.aws).sqs;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    await workspace.synth();
    ({ QueueUrl = "" } = await sqs().send(
      new CreateQueueCommand({
        QueueName: "open-orders",
        Attributes: { MessageRetentionPeriod: "1209600", Policy: '{"Statement":[]}' },
        tags: { owner: "them" },
      }),
    ));
    await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: "waiting" }));
    const to = queueAddress(stackDocument(workspace, STACK).output.queue_url.value);
    const block = `import {\n  to = ${to}\n  id = "${QueueUrl}"\n}\n`;
    writeFileSync(join(workspace.project.stackFolder(STACK), "import.tf"), block);
    await succeeded(terraform("init", "-input=false"));
  });

  afterAll(() => workspace.close());

  test("the plan says what becomes of it, and takes nothing away", async () => {
    const { output } = await succeeded(terraform("plan", "-input=false"));
    expect(output).toMatch(/Plan: 1 to import, \d+ to add, 1 to change, 0 to destroy/);
    expect(output).toMatch(/message_retention_seconds +=? +1209600 -> 345600/);
  });

  test("it keeps its messages, and has the settings, the policy and the tags of the stack", async () => {
    await succeeded(terraform("apply", "-input=false", "-auto-approve"));
    const { Messages = [] } = await sqs().send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body }) => Body)).toEqual(["waiting"]);
    const { Attributes } = await sqs().send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    expect(Attributes).toMatchObject({
      MessageRetentionPeriod: "345600",
      KmsMasterKeyId: "alias/aws/sqs",
      Policy: expect.stringContaining("RefusePlainHttp") as string,
      RedrivePolicy: expect.stringContaining(":open-orders-dlq") as string,
    });
    const { Tags } = await sqs().send(new ListQueueTagsCommand({ QueueUrl }));
    expect(Tags).toEqual({ "queue-leveling:stack": STACK });
    expect((await terraform("plan", "-input=false", "-detailed-exitcode")).exitCode).toBe(0);
  });
});

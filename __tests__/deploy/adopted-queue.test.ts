import { ListRolesCommand } from "@aws-sdk/client-iam";
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
} from "@aws-sdk/client-sqs";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "../support/deploy/emulated-aws";
import { SampleStack } from "../support/deploy/sample-cloudformation";
import { succeeded } from "../support/deploy/succeeded";

const STACK = "no-auth-stack";
const ARN = `arn:aws:sqs:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:open-orders`;

const PARTNER = {
  Sid: "Theirs",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::210987654321:root" },
  Action: "sqs:ReceiveMessage",
  Condition: { StringEquals: { "aws:PrincipalTag/team": "${aws:PrincipalTag/tenant}" } },
};

const POLICY = { Version: "2012-10-17", Statement: [{ ...PARTNER, Resource: ARN }] };

const SETTINGS = { storage_sqs_queue_name: "open-orders", visibility_timeout_seconds: 60 };

/** The steps of docs/adoption.md, one after the other. */
describeDeploy("the queue of AWS's sample, with all that is on it, that the stack adopts", () => {
  let workspace: DeployWorkspace;
  let sample: SampleStack;
  let QueueUrl = "";
  const terraform = (...args: string[]) => workspace.terraform(STACK, ...args);
  const sqs = () => awsClients(workspace.aws).sqs;
  const attributes = async () => {
    const { Attributes = {} } = await sqs().send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    return { ...Attributes, LastModifiedTimestamp: undefined };
  };
  const synthWith = async (settings: Record<string, unknown>) => {
    workspace.project.configure(deployContext({ [STACK]: { ...SETTINGS, ...settings } }));
    await workspace.synth();
  };
  let before: Record<string, unknown>;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    sample = new SampleStack(workspace.aws, "open-orders");
    await sample.create();
    ({ QueueUrl = "" } = await sqs().send(new GetQueueUrlCommand({ QueueName: "open-orders" })));
    const Attributes = { MessageRetentionPeriod: "1209600", Policy: JSON.stringify(POLICY) };
    await sqs().send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    await sqs().send(new TagQueueCommand({ QueueUrl, Tags: { owner: "them" } }));
    await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: "waiting" }));
    await sample.retainQueue();
    before = await attributes();
    await synthWith({ adopt_queue: ARN, keep_queue_attributes: true });
    await succeeded(terraform("init", "-input=false"));
  });

  afterAll(() => workspace.close());

  test("another queue's name at the apply is refused", async () => {
    const { exitCode, output } = await terraform(
      "plan",
      "-input=false",
      "-var=storage_sqs_queue_name=others",
    );
    expect(exitCode).toBe(1);
    expect(output.replace(/\s*\n[│\s]*/g, " ")).toContain(
      `adopt_queue: is another queue than the stack's, got ${ARN}`,
    );
  });

  test("the plan imports it, changes what a setting says, and takes nothing away", async () => {
    const { output } = await succeeded(terraform("plan", "-input=false", "-out=adopt.tfplan"));
    expect(output).toMatch(/Plan: 1 to import, \d+ to add, 1 to change, 0 to destroy/);
    expect(output.match(/^\s+~ .*->.*$/gm)?.map((line) => line.trim())).toEqual([
      expect.stringMatching(/^~ visibility_timeout_seconds += 30 -> 60$/),
    ]);
  });

  test("it keeps all else: policy, retention, encryption, tags, and no dead-letter queue is made", async () => {
    await succeeded(terraform("apply", "-input=false", "adopt.tfplan"));
    expect(await attributes()).toEqual({ ...before, VisibilityTimeout: "60" });
    expect(JSON.parse(String(before.Policy))).toEqual(POLICY);
    expect(before).toMatchObject({
      MessageRetentionPeriod: "1209600",
      KmsMasterKeyId: "alias/aws/sqs",
      ApproximateNumberOfMessages: "1",
    });
    const { Tags } = await sqs().send(new ListQueueTagsCommand({ QueueUrl }));
    expect(Tags).toMatchObject({ owner: "them" });
    expect(Tags).not.toHaveProperty("queue-leveling:stack");
    expect((await sqs().send(new ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl]);
  });

  // moto deletes no REST APIs with a CloudFormation stack; that it deletes the rest is seen by the role.
  test("CloudFormation deletes the sample, and leaves the queue with its message", async () => {
    const roles = async () => {
      const { Roles = [] } = await awsClients(workspace.aws).iam.send(new ListRolesCommand({}));
      return Roles.map(({ RoleName = "" }) => RoleName.startsWith("queue-leveling-"));
    };
    expect((await roles()).sort()).toEqual([false, true]);
    await sample.delete();
    expect(await roles()).toEqual([true]);
    // Hidden, it would come back in the middle of what follows, and count otherwise.
    const look = new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 });
    const { Messages = [] } = await sqs().send(look);
    expect(Messages.map(({ Body }) => Body)).toEqual(["waiting"]);
  });

  test("a second plan is empty, also without adopt_queue", async () => {
    expect((await terraform("plan", "-input=false", "-detailed-exitcode")).output).toContain("No changes.");
    await synthWith({ keep_queue_attributes: true });
    const { exitCode, output } = await terraform("plan", "-input=false", "-detailed-exitcode");
    expect(output).toContain("No changes.");
    expect(exitCode).toBe(0);
  });

  test("the partner's statement, written down, stays beside the stack's own; all else is as it was", async () => {
    const kept = { ...(await attributes()), Policy: undefined };
    await synthWith({
      keep_queue_attributes: true,
      queue_policy_statements: [{ ...PARTNER, Resource: ARN }],
    });
    await succeeded(terraform("apply", "-auto-approve", "-input=false"));
    const { Policy, ...others } = await attributes();
    expect(others).toEqual({ ...kept, Policy: undefined });
    expect(JSON.parse(String(Policy))).toEqual({
      Version: "2012-10-17",
      Statement: [expect.objectContaining({ Sid: "RefusePlainHttp" }), { ...PARTNER, Resource: ARN }],
    });
    expect((await terraform("plan", "-input=false", "-detailed-exitcode")).output).toContain("No changes.");
  });

  test("a statement for another account's queue of the name is refused", async () => {
    const Resource = ARN.replace(EMULATED_ACCOUNT_ID, "210987654321");
    await synthWith({ keep_queue_attributes: true, queue_policy_statements: [{ ...PARTNER, Resource }] });
    const { exitCode, output } = await terraform("plan", "-input=false");
    expect(exitCode).toBe(1);
    expect(output.replace(/\s*\n[│\s]*/g, " ")).toContain(
      `queue_policy_statements: is another queue than the stack's, got ${Resource}`,
    );
  });

  test("without keep_queue_attributes the partner's statement stays, too", async () => {
    await synthWith({ queue_policy_statements: [PARTNER], dead_letter_queue: false });
    await succeeded(terraform("apply", "-auto-approve", "-input=false"));
    const { Policy } = await attributes();
    expect(JSON.parse(String(Policy))).toMatchObject({
      Statement: [{ Sid: "RefusePlainHttp" }, { Sid: "Theirs" }],
    });
  });
});

import { ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetQueueUrlCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { awsClients } from "../support/deploy/aws-clients";
import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { describeBucket } from "../support/deploy/bucket-description";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { succeeded } from "../support/deploy/succeeded";

const SQS_MANAGED = { encryption: "sqs-managed" };

describeDeploy("large bodies of a deployed stack", () => {
  let stack: ChangingStack;
  let before: unknown;

  const buckets = async () => {
    const { Buckets = [] } = await awsClients(stack.workspace.aws).s3.send(new ListBucketsCommand({}));
    return Buckets.map(({ Name = "" }) => Name);
  };

  beforeAll(async () => {
    stack = await ChangingStack.deploy("no-auth-stack", { params: SQS_MANAGED });
    before = await awsSnapshot(stack.workspace.aws);
  });

  afterAll(() => stack.workspace.close());

  test("have a bucket that is closed, encrypted and emptied, and a second plan is empty", async () => {
    await stack.applyOnly({ ...SQS_MANAGED, large_bodies: true });
    await stack.expectNothingToChange();
    const [name = "", ...others] = await buckets();
    expect(others).toEqual([]);
    expect(name).toMatch(/^queue-leveling-bodies-/);
    expect(await describeBucket(stack.workspace.aws, name)).toMatchObject({
      public: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      ownership: "BucketOwnerEnforced",
      statements: [{ Sid: "RefusePlainHttp", Effect: "Deny" }],
      encryption: "AES256",
      lifecycle: [{ Status: "Enabled", Expiration: { Days: 15 } }],
    });
    const { stdout } = await succeeded(stack.terraform("output", "-raw", "large_bodies_bucket"));
    expect(stdout).toBe(name);
  });

  test("leave a pointer in the queue, after S3's test message", async () => {
    const { s3, sqs } = awsClients(stack.workspace.aws);
    const [Bucket] = await buckets();
    await s3.send(new PutObjectCommand({ Bucket, Key: "key=with-a-sign", Body: "body" }));
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "open-orders" }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    const bodies = Messages.map(({ Body = "{}" }) => JSON.parse(Body) as Readonly<Record<string, unknown>>);
    expect(bodies).toContainEqual(expect.objectContaining({ Event: "s3:TestEvent", Bucket }));
    expect(bodies).toContainEqual({
      Records: [
        expect.objectContaining({
          eventName: expect.stringMatching(/^ObjectCreated:/) as string,
          s3: expect.objectContaining({ object: expect.objectContaining({ size: 4 }) as object }) as object,
        }),
      ],
    });
  });

  test("change in place", async () => {
    const [name = ""] = await buckets();
    const changed = { expiration_days: 30, binary_types: ["image/png"], force_destroy: true };
    await stack.applyOnly({ ...SQS_MANAGED, large_bodies: changed });
    await stack.expectNothingToChange();
    expect(await buckets()).toEqual([name]);
    expect(await describeBucket(stack.workspace.aws, name)).toMatchObject({
      lifecycle: [{ Expiration: { Days: 30 } }],
    });
  });

  test("leave AWS as it was before, with the bodies gone that may go", async () => {
    await stack.applyOnly(SQS_MANAGED);
    await stack.expectNothingToChange();
    expect(await buckets()).toEqual([]);
    expect(await awsSnapshot(stack.workspace.aws)).toEqual(before);
  });
});

import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { Queue } from "../../queue/queue";
import { redrive } from "../../queue/redrive";
import { awsClients } from "../support/deploy/aws-clients";
import { describeWith } from "../support/deploy/describe-deploy";
import type { EmulatedAws } from "../support/deploy/emulated-aws";
import { startLocalStack } from "../support/deploy/localstack-server";

describeWith(["localstack"], "redrive on LocalStack, which has message move tasks", () => {
  let aws: EmulatedAws;
  let sqs: SQSClient;

  beforeAll(async () => {
    aws = await startLocalStack();
    // The key names the account, in which LocalStack looks for a queue's sources.
    Object.assign(process.env, aws.environment);
    ({ sqs } = awsClients(aws));
  });

  afterAll(() => aws.stop());

  test.each([
    ["a standard queue: SQS moves them", "", /^SQS moved about 20 messages/],
    ["a FIFO queue: they are moved one by one", ".fifo", /^Moved 20 messages/],
  ])("%s", async (_what, suffix, told) => {
    const queue = await queueWithDeadLetters(suffix);
    const { text } = await redrive(queue, {
      filter: { attributes: {} },
      dryRun: false,
      signal: new AbortController().signal,
      tell: () => undefined,
    });
    expect(text).toMatch(told);
    expect(await queue.facts()).toMatchObject({ visible: 20 });
  });

  /** Each message is received once, and moved to the dead-letter queue at the second try. */
  async function queueWithDeadLetters(suffix: string): Promise<Queue> {
    const fifo: Record<string, string> = suffix === "" ? {} : { FifoQueue: "true" };
    const deadLetters = await create(`dead${suffix}`, fifo);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: deadLetters, AttributeNames: ["QueueArn"] }),
    );
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: 1 });
    const url = await create(`work${suffix}`, { ...fifo, RedrivePolicy });
    for (const call of ["a", "b"]) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({
        Id: String(index),
        MessageBody: `${call}${index}`,
        ...(suffix === ""
          ? {}
          : { MessageGroupId: `g${index % 2}`, MessageDeduplicationId: `${call}${index}` }),
      }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    }
    const queue = Queue.at({ url });
    const dead = queue.other(deadLetters);
    while ((await dead.facts()).visible < 20) {
      await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
      );
    }
    return queue;
  }

  async function create(QueueName: string, Attributes: Record<string, string>): Promise<string> {
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return QueueUrl;
  }
});

import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  paginateListQueues,
} from "@aws-sdk/client-sqs";
import { parseArn, parseQueueUrl } from "../aws/arn";
import { STACK_TAG } from "../aws/own-resources";
import { type Aws, askedFor, listed } from "./aws";
import type { Found } from "./found";
import { command } from "./shell";

/** URLs of the queues whose names begin with that of a queue of the stack: what is new the tagging API may not list yet. */
export async function queuesNamed({ sqs }: Aws, names: readonly string[]): Promise<string[]> {
  const urls = names.map((QueueNamePrefix) =>
    listed(
      paginateListQueues({ client: sqs, pageSize: 1000 }, { QueueNamePrefix }),
      ({ QueueUrls }) => QueueUrls,
    ),
  );
  const found = (await Promise.all(urls)).flat();
  return [...new Set(found)].filter((url) => names.includes(parseQueueUrl(url)?.queueName ?? ""));
}

/** URL of the queue with an ARN; undefined where it is gone. */
export async function urlOfQueue({ sqs }: Aws, arn: string): Promise<string | undefined> {
  const QueueName = parseArn(arn)?.resource;
  return (await askedFor(sqs.send(new GetQueueUrlCommand({ QueueName }))))?.QueueUrl;
}

/** The queue, with what is in it; undefined where it is gone, or has not the tag. */
export async function taggedQueue(
  { sqs, region }: Aws,
  tag: string,
  url: string,
): Promise<Found | undefined> {
  const QueueUrl = url;
  const tags = await askedFor(sqs.send(new ListQueueTagsCommand({ QueueUrl })));
  if (tags?.Tags?.[STACK_TAG] !== tag) return undefined;
  const attributes = await askedFor(
    sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })),
  );
  const { QueueArn: arn = "", ...counts } = attributes?.Attributes ?? {};
  const messages =
    Number(counts.ApproximateNumberOfMessages ?? 0) +
    Number(counts.ApproximateNumberOfMessagesNotVisible ?? 0) +
    Number(counts.ApproximateNumberOfMessagesDelayed ?? 0);
  return {
    arn,
    type: "aws_sqs_queue",
    importId: url,
    attributes: { name: parseArn(arn)?.resource ?? "" },
    notes: [
      messages === 0 ? "no messages in it" : `about ${messages} messages in it, which go with it`,
      "the next apply takes a queue of its name up by itself, while its attributes are as that wants them",
    ],
    remove: [command("aws", "sqs", "delete-queue", "--queue-url", url, "--region", region)],
  };
}

// Receives GitHub's webhooks from the queue and takes those that GitHub signed. Needs QUEUE_URL and WEBHOOK_SECRET.
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
// Elsewhere: from "queue-leveling/verify-webhook".
import { IdsInMemory, VerificationError, verify } from "../../package/verify-webhook";

const { QUEUE_URL, WEBHOOK_SECRET } = process.env;

/** What is done; of several consumers, a table that they share. */
const seen = new IdsInMemory();

async function main(): Promise<void> {
  if (!QUEUE_URL || !WEBHOOK_SECRET) throw new Error("Set QUEUE_URL and WEBHOOK_SECRET.");
  // Region, credentials and AWS_ENDPOINT_URL_SQS come from the environment.
  const sqs = new SQSClient();
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: QUEUE_URL,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 20,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["SentTimestamp"],
      }),
    );
    for (const message of Messages) {
      if (!(await isDone(message, WEBHOOK_SECRET))) continue;
      await sqs.send(new DeleteMessageCommand({ QueueUrl: QUEUE_URL, ReceiptHandle: message.ReceiptHandle }));
    }
  }
}

/**
 * What is not done is not deleted: SQS gives it out again, and moves it to the dead-letter queue in the end. So is what is refused, since a
 * wrong WEBHOOK_SECRET refuses GitHub's own deliveries, too: redrive them once it is right.
 */
async function isDone(message: Message, secret: string): Promise<boolean> {
  const delivery = attribute(message, "X-GitHub-Delivery");
  try {
    const verified = await verify(message, { sender: "github", secret, seen });
    if (verified.kind === "handshake") return true;
    if (verified.isSeen) console.log(`repeated ${delivery}: it is done`);
    else work(attribute(message, "X-GitHub-Event"), delivery, verified.body);
    await verified.remember();
    return true;
  } catch (error) {
    if (error instanceof VerificationError) console.log(`refused ${delivery}: ${error.message}`);
    else console.error(`message ${message.MessageId ?? ""} stays in the queue:`, error);
    return false;
  }
}

function attribute({ MessageAttributes = {} }: Message, name: string): string {
  return MessageAttributes[name]?.StringValue ?? "";
}

interface Payload {
  readonly repository?: { readonly full_name?: string };
}

/** Your work goes here. */
function work(event: string, delivery: string, body: string): void {
  const { repository } = JSON.parse(body) as Payload;
  console.log(`accepted ${delivery}: ${event} of ${repository?.full_name ?? "no repository"}`);
}

void main();

// Receives GitHub's webhooks from the queue and takes those that GitHub signed. Needs QUEUE_URL and WEBHOOK_SECRET.
import { createHmac, timingSafeEqual } from "node:crypto";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const { QUEUE_URL, WEBHOOK_SECRET } = process.env;
if (!QUEUE_URL || !WEBHOOK_SECRET) throw new Error("Set QUEUE_URL and WEBHOOK_SECRET.");

// Region, credentials and AWS_ENDPOINT_URL_SQS come from the environment.
const sqs = new SQSClient();

for (;;) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: QUEUE_URL,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
      MessageAttributeNames: ["X-GitHub-Event", "X-GitHub-Delivery", "X-Hub-Signature-256"],
    }),
  );
  for (const message of Messages) await consume(message);
}

/**
 * What fails here is not deleted: SQS gives it out again, and moves it to the dead-letter queue in the end. A forged
 * message would fail forever, so it is told and deleted.
 */
async function consume(message) {
  try {
    const delivery = attribute(message, "X-GitHub-Delivery");
    if (isGenuine(message)) work(attribute(message, "X-GitHub-Event"), delivery, JSON.parse(message.Body));
    else console.log(`refused ${delivery}: its signature is not GitHub's`);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: QUEUE_URL, ReceiptHandle: message.ReceiptHandle }));
  } catch (error) {
    console.error(`message ${message.MessageId} stays in the queue:`, error);
  }
}

/**
 * GitHub signs the bytes that it sends, and those are the message's body: nothing is parsed before the signature holds.
 * @see https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
function isGenuine(message) {
  const expected = `sha256=${createHmac("sha256", WEBHOOK_SECRET).update(message.Body).digest("hex")}`;
  const given = Buffer.from(attribute(message, "X-Hub-Signature-256"));
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

function attribute({ MessageAttributes = {} }, name) {
  return MessageAttributes[name]?.StringValue ?? "";
}

/** Your work goes here. SQS may give a message out twice, and a redelivery keeps its id: remember the ids you have seen. */
function work(event, delivery, payload) {
  console.log(`accepted ${delivery}: ${event} of ${payload.repository?.full_name ?? "no repository"}`);
}

// Forwards a message to SQS as a Lambda function does: by the AWS SDK, made once.
const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");

const { SQS_ENDPOINT, SQS_QUEUE_URL } = process.env;
const client = new SQSClient({
  endpoint: SQS_ENDPOINT,
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});

exports.handler = ({ message }) =>
  client.send(new SendMessageCommand({ QueueUrl: SQS_QUEUE_URL, MessageBody: JSON.stringify(message) }));

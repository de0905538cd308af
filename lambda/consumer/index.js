"use strict";

const {
  BatchProcessor,
  EventType,
  processPartialResponse,
  SqsFifoPartialProcessorAsync,
} = require("@aws-lambda-powertools/batch");
const { Logger } = require("@aws-lambda-powertools/logger");
const { consume } = require("./consume");
const { doneOnce } = require("./done-once");
const { messagesOf } = require("./large-bodies");

const logger = new Logger({ serviceName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? "consumer" });

/**
 * A consumer of an SQS queue, for Lambda's event source mapping with partial batch responses: what fails in `consume.js` comes back
 * alone. From a FIFO queue, what stands behind a failure comes back too, untried, so that the order stays.
 *
 * When nothing of a batch succeeds, the invocation fails as a whole: then Lambda slows its polling down, which is right where a
 * thing that all messages need is out of order.
 * @param {{ Records: object[] }} event
 * @param {object} context
 */
exports.handler = async function handler(event, context) {
  const isFifo = String(event.Records?.[0]?.eventSourceARN).endsWith(".fifo");
  const processor = isFifo ? new SqsFifoPartialProcessorAsync() : new BatchProcessor(EventType.SQS);
  const handleRecord = (record) => handleMessage(record, context);
  return processPartialResponse(event, handleRecord, processor);
};

/** Whatever this throws leaves the message in the queue, and after the queue's `max_receive_count` in the dead-letter queue. */
async function handleMessage(record, context) {
  // A logger for each: the messages of a batch are worked on at the same time.
  const ofMessage = logger.createChild({ persistentKeys: keysOf(record, context) });
  try {
    for (const message of await messagesOf(record)) {
      const isRepeat = await doneOnce(message, context, () => consume(message, ofMessage));
      ofMessage.info(isRepeat ? "Message was done before" : "Message is done");
    }
  } catch (error) {
    ofMessage.error("Message failed", error);
    throw error;
  }
}

/** What every log line of a message has; `requestId` is the one that its sender got, and that the API's access log has. */
function keysOf({ messageId, attributes, messageAttributes }, context) {
  return {
    requestId: messageAttributes?.RequestId?.stringValue,
    messageId,
    receiveCount: Number(attributes?.ApproximateReceiveCount ?? 0),
    invocationId: context?.awsRequestId,
  };
}

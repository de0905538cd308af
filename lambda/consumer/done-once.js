"use strict";

/** So long a repeat is told; SQS itself keeps messages for four days unless told otherwise, but repeats come soon. */
const EXPIRES_AFTER_SECONDS = 86_400;

let store;

/**
 * Does `work` unless the table IDEMPOTENCY_TABLE says that it is done. Without a table it is done each time.
 *
 * A message is known by the attribute that IDEMPOTENCY_ATTRIBUTE names, the sender's own id: so a request that a sender repeats is told, too.
 * Without one it is SQS's message id, which tells what SQS delivers twice; of a large body it is where S3 has it. It is never the attribute RequestId: a sender's retry has another
 * one, and a caller may choose it, and could so hide another message.
 *
 * The body is compared as well: a second message of the same id with another body fails, and ends in the dead-letter queue, rather than
 * be dropped without a word.
 * @returns {Promise<boolean>} was it done before?
 */
exports.doneOnce = async function doneOnce(record, context, work) {
  const tableName = process.env.IDEMPOTENCY_TABLE;
  if (!tableName) {
    await work();
    return false;
  }
  const { IdempotencyConfig, makeIdempotent } = require("@aws-lambda-powertools/idempotency");
  const { DynamoDBPersistenceLayer } = require("@aws-lambda-powertools/idempotency/dynamodb");
  store ??= new DynamoDBPersistenceLayer({ tableName });
  let isRepeat = true;
  const once = makeIdempotent(
    async () => {
      isRepeat = false;
      await work();
    },
    {
      persistenceStore: store,
      keyPrefix: "message",
      config: new IdempotencyConfig({
        eventKeyJmesPath: "id",
        payloadValidationJmesPath: "body",
        expiresAfterSeconds: EXPIRES_AFTER_SECONDS,
        hashFunction: "sha256",
        throwOnNoIdempotencyKey: true,
        lambdaContext: context,
      }),
    },
  );
  await once({ id: idOf(record), body: record.body });
  return isRepeat;
};

/** With where it is from, so that an attribute's value is never taken for a message id. */
function idOf({ messageId, messageAttributes, largeBody }) {
  if (largeBody) return ["large body", ...largeBody.id];
  const name = process.env.IDEMPOTENCY_ATTRIBUTE;
  const given = name ? messageAttributes?.[name]?.stringValue : undefined;
  return given ? ["attribute", given] : ["message", messageId];
}

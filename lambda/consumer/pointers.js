"use strict";

/** Names under which AWS's extended client libraries write a pointer, the second one of old. */
const EXTENDED_CLIENT = [
  "software.amazon.payloadoffloading.PayloadS3Pointer",
  "com.amazon.sqs.javamessaging.MessageS3Pointer",
];

/**
 * Where the large bodies are to which a message points: a notification of S3's, or what AWS's extended client libraries write.
 *
 * What names another bucket than `bucketName` is no pointer but an ordinary message: whoever may send can write any text.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @see https://github.com/awslabs/amazon-sqs-java-extended-client-lib
 */
exports.pointersIn = function pointersIn(messageBody, bucketName) {
  const value = parsed(messageBody);
  if (isTest(value, bucketName)) return [];
  const found = Array.isArray(value) ? extendedClients(value) : notified(value);
  return found?.length > 0 && found.every(({ bucket }) => bucket === bucketName) ? found : undefined;
};

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** S3 sends it once, when it is told of the queue: there is no body behind it. */
function isTest(value, bucketName) {
  return value?.Service === "Amazon S3" && value.Event === "s3:TestEvent" && value.Bucket === bucketName;
}

function extendedClients([name, pointer, ...others]) {
  const { s3BucketName: bucket, s3Key: key } = pointer ?? {};
  const isPointer = EXTENDED_CLIENT.includes(name) && others.length === 0 && areTexts(bucket, key);
  return isPointer ? [{ bucket, key }] : undefined;
}

function notified(value) {
  const records = value?.Records;
  return Array.isArray(records) ? records.map(pointerOf) : undefined;
}

function pointerOf(record) {
  const { bucket, object } = record?.s3 ?? {};
  const isCreation = record?.eventSource === "aws:s3" && /^ObjectCreated:/.test(record.eventName);
  if (!isCreation || !areTexts(bucket?.name, object?.key)) return {};
  const key = decodedKey(object.key);
  return key === undefined
    ? {}
    : { bucket: bucket.name, key, size: object.size, eTag: object.eTag, versionId: object.versionId };
}

/** As of a form: S3 writes a space as a plus. */
function decodedKey(key) {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

function areTexts(...values) {
  return values.every((value) => typeof value === "string" && value !== "");
}

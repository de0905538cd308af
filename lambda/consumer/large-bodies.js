"use strict";

const { pointersIn } = require("./pointers");

let s3;

/**
 * The messages that a record stands for: itself, or, where it points to large bodies, one for each with what S3 has as its body.
 *
 * `largeBody` of such a message has the bytes, the content type and what was kept with the body; `body` is the bytes as UTF-8. S3's test
 * message stands for none.
 *
 * Of a repeat `largeBody` tells the same `id`: S3 may notify twice, in two messages, and does so again for a body that is copied onto itself.
 */
exports.messagesOf = async function messagesOf(record) {
  const bucketName = process.env.LARGE_BODIES_BUCKET;
  const pointers = bucketName ? pointersIn(record.body, bucketName) : undefined;
  return pointers === undefined ? [record] : Promise.all(pointers.map((pointer) => fetched(record, pointer)));
};

/** Fails where S3 has not got it: then the message comes back, and ends in the dead-letter queue. */
async function fetched(record, { bucket, key }) {
  // The SDK is in Lambda's runtime, and only stacks with large bodies wait for it.
  const { GetObjectCommand, S3Client } = require("@aws-sdk/client-s3");
  s3 ??= new S3Client({});
  const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const bytes = Buffer.from(await object.Body.transformToByteArray());
  const { ContentType: contentType, Metadata: metadata, ETag: eTag } = object;
  return {
    ...record,
    body: bytes.toString("utf8"),
    largeBody: { id: [bucket, key, eTag], bucket, key, bytes, contentType, metadata },
  };
}

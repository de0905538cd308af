import { pointersIn } from "../../lambda/consumer/pointers";

const BUCKET = "queue-leveling-bodies-1";

function notification(key: string, { bucket = BUCKET, eventName = "ObjectCreated:Put" } = {}): string {
  const object = { key, size: 10_485_760, eTag: "e", sequencer: "0055AED6DCD90281E5" };
  const record = { eventSource: "aws:s3", eventName, s3: { bucket: { name: bucket }, object } };
  return JSON.stringify({ Records: [record] });
}

test.each([
  ["JKJaXmPLvHcESHA=", "JKJaXmPLvHcESHA%3D"],
  ["JKJaXmPLvHcESHA=", "JKJaXmPLvHcESHA="],
  ["a key+with %", "a+key%2Bwith+%25"],
  ["ä/ö", "%C3%A4/%C3%B6"],
])("S3's notification points to the key %s, written %s", (key, written) => {
  expect(pointersIn(notification(written), BUCKET)).toEqual([
    { bucket: BUCKET, key, size: 10_485_760, eTag: "e", versionId: undefined },
  ]);
});

test("a body that is copied onto itself is pointed to again", () => {
  expect(pointersIn(notification("k", { eventName: "ObjectCreated:Copy" }), BUCKET)).toHaveLength(1);
});

test.each([
  "software.amazon.payloadoffloading.PayloadS3Pointer",
  "com.amazon.sqs.javamessaging.MessageS3Pointer",
])("%s of the extended client libraries is a pointer", (name) => {
  const body = JSON.stringify([name, { s3BucketName: BUCKET, s3Key: "a=" }]);
  expect(pointersIn(body, BUCKET)).toEqual([{ bucket: BUCKET, key: "a=" }]);
});

test("S3's test message points to nothing", () => {
  const body = JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent", Bucket: BUCKET });
  expect(pointersIn(body, BUCKET)).toEqual([]);
});

test.each([
  ["text", "no JSON"],
  ["an ordinary message", '{"order": 1}'],
  ["an empty message", ""],
  ["null", "null"],
  ["no records", '{"Records": []}'],
  ["records of another service", '{"Records": [{"eventSource": "aws:sqs"}]}'],
  ["broken records", '{"Records": [null, 1, "x", {"s3": {}}]}'],
  ["a removal", notification("k", { eventName: "ObjectRemoved:Delete" })],
  ["a key that is none", notification("%")],
  ["an empty key", notification("")],
  ["another bucket", notification("k", { bucket: "theirs" })],
  [
    "another bucket's test",
    JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "theirs" }),
  ],
  ["an unknown class", JSON.stringify(["java.lang.Runtime", { s3BucketName: BUCKET, s3Key: "k" }])],
  [
    "a pointer without a key",
    '["software.amazon.payloadoffloading.PayloadS3Pointer", {"s3BucketName": "b"}]',
  ],
  ["an empty list", "[]"],
])("%s is an ordinary message", (_what, body) => {
  expect(pointersIn(body, BUCKET)).toBeUndefined();
});

test("one record of another bucket makes the whole message an ordinary one", () => {
  const [own, theirs] = [notification("k"), notification("k", { bucket: "theirs" })].map(
    (text) => (JSON.parse(text) as { Records: [object] }).Records[0],
  );
  expect(pointersIn(JSON.stringify({ Records: [own, theirs] }), BUCKET)).toBeUndefined();
});

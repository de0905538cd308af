import { createHash } from "node:crypto";
import { checkedObject } from "../../../local/s3/object-checks";

const BODY = Buffer.from("body");
const digest = (algorithm: string, text = "body") => createHash(algorithm).update(text).digest("base64");

function outcome(headers: Record<string, string>): string {
  try {
    checkedObject(headers, BODY, createHash("md5").update(BODY).digest());
    return "stored";
  } catch (error) {
    const { status, code, message } = error as { status: number; code: string; message: string };
    return `${status} ${code}: ${message}`;
  }
}

const ALGORITHM = "x-amz-sdk-checksum-algorithm";

test.each<[Record<string, string>, string]>([
  [{}, "stored"],
  [{ "Content-MD5": digest("md5") }, "stored"],
  [{ "x-amz-checksum-sha256": digest("sha256") }, "stored"],
  [{ "X-Amz-Checksum-SHA1": digest("sha1"), [ALGORITHM]: "SHA1" }, "stored"],
  [
    { "x-amz-checksum-sha256": digest("sha256", "other") },
    "400 BadDigest: The SHA256 you specified did not match the calculated checksum.",
  ],
  [
    { "x-amz-checksum-sha256": "wrongchecksum" },
    "400 InvalidRequest: Value for x-amz-checksum-sha256 header is invalid.",
  ],
  [
    { "x-amz-checksum-sha256": digest("sha1") },
    "400 InvalidRequest: Value for x-amz-checksum-sha256 header is invalid.",
  ],
  [
    { "x-amz-checksum-sha256": digest("sha256"), "x-amz-checksum-sha1": digest("sha1") },
    "400 InvalidRequest: Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
  ],
  [
    { [ALGORITHM]: "SHA256" },
    "400 InvalidRequest: x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
  ],
  [
    { [ALGORITHM]: "SHA1", "x-amz-checksum-sha256": digest("sha256") },
    "400 InvalidRequest: Value for x-amz-sdk-checksum-algorithm header is invalid.",
  ],
  [
    { "x-amz-checksum-crc32": "AAAAAA==" },
    "501 NotImplemented: A header you provided implies functionality that is not implemented",
  ],
  [{ "Content-MD5": "1" }, "400 InvalidDigest: The Content-MD5 you specified was invalid."],
  [
    { "Content-MD5": digest("md5", "other") },
    "400 BadDigest: The Content-MD5 you specified did not match what we received.",
  ],
  [{ "x-amz-meta-a": "x".repeat(2047) }, "stored"],
  [
    { "x-amz-meta-a": "x".repeat(1024), "X-Amz-Meta-b": "ü".repeat(512) },
    "400 MetadataTooLarge: Your metadata headers exceed the maximum allowed metadata size",
  ],
])("with the headers %j, an object is %s", (headers, expected) => {
  expect(outcome(headers)).toBe(expected);
});

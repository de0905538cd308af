import { createHash } from "node:crypto";
import { S3Error, notImplemented } from "./s3-error";

type Headers = Readonly<Record<string, string>>;

/** Bytes of an object's own metadata, names and values together. */
const MOST_METADATA = 2048;
const METADATA = "x-amz-meta-";

/**
 * Compares an object with the digests that its headers tell, as S3 does before it stores anything: emulators pass over some of them.
 * @param digest its MD5
 * @returns the checksum that S3 tells in its answer
 * @throws S3Error
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function checkedObject(headers: Headers, body: Buffer, digest: Buffer): Record<string, string> {
  checkMetadata(headers);
  checkDigest(headers, digest);
  return checkedChecksum(headers, body);
}

/** A header's value, whatever the case of its name. */
export function headerOf(headers: Headers, wanted: string): string | undefined {
  const name = Object.keys(headers).find((header) => header.toLowerCase() === wanted);
  return name === undefined ? undefined : headers[name];
}

/** That the prefix of the names does not count is not recorded. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
function checkMetadata(headers: Headers): void {
  const own = Object.entries(headers).filter(([name]) => name.toLowerCase().startsWith(METADATA));
  const sizes = own.map(([name, value]) => name.length - METADATA.length + Buffer.byteLength(value));
  const size = sizes.reduce((sum, one) => sum + one, 0);
  if (size <= MOST_METADATA) return;
  throw new S3Error(
    "MetadataTooLarge",
    "Your metadata headers exceed the maximum allowed metadata size",
    400,
    { Size: String(size), MaxSizeAllowed: String(MOST_METADATA) },
  );
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function checkDigest(headers: Headers, digest: Buffer): void {
  const given = headerOf(headers, "content-md5");
  if (given === undefined) return;
  const expected = Buffer.from(given, "base64");
  if (expected.length !== digest.length) {
    throw new S3Error("InvalidDigest", "The Content-MD5 you specified was invalid.", 400, {
      "Content-MD5": given,
    });
  }
  if (expected.equals(digest)) return;
  throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.", 400, {
    ExpectedDigest: given,
    CalculatedDigest: digest.toString("base64"),
  });
}

const CHECKSUM = "x-amz-checksum-";
const ALGORITHM = "x-amz-sdk-checksum-algorithm";

/** Those that Node.js has too; the others are CRCs. */
const ALGORITHMS: ReadonlySet<string> = new Set(["sha1", "sha256"]);

/**
 * S3's words are recorded, those about the header that names the algorithm observed.
 * @see https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/test_s3.snapshot.json
 * @see https://github.com/versity/versitygw/issues/1593
 * @see https://github.com/versity/versitygw/issues/1659
 */
function checkedChecksum(headers: Headers, body: Buffer): Record<string, string> {
  const given = Object.keys(headers).filter((name) => name.toLowerCase().startsWith(CHECKSUM));
  const [name = ""] = given;
  const named = headerOf(headers, ALGORITHM)?.toLowerCase();
  if (given.length > 1) {
    throw invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }
  if (given.length === 0) {
    if (named === undefined) return {};
    throw invalid(
      `${ALGORITHM} specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.`,
    );
  }
  const algorithm = name.slice(CHECKSUM.length).toLowerCase();
  if (named !== undefined && named !== algorithm) throw invalid(`Value for ${ALGORITHM} header is invalid.`);
  if (!ALGORITHMS.has(algorithm)) throw notImplemented(name);
  const calculated = createHash(algorithm).update(body).digest();
  const expected = Buffer.from(headers[name] ?? "", "base64");
  const isBase64 = expected.toString("base64") === headers[name];
  if (!isBase64 || expected.length !== calculated.length) {
    throw invalid(`Value for ${name.toLowerCase()} header is invalid.`);
  }
  if (expected.equals(calculated)) {
    return { [name.toLowerCase()]: headers[name] ?? "", "x-amz-checksum-type": "FULL_OBJECT" };
  }
  throw new S3Error(
    "BadDigest",
    `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    400,
  );
}

function invalid(message: string): S3Error {
  return new S3Error("InvalidRequest", message, 400);
}

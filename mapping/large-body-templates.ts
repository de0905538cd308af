import { INTERNAL_ERROR } from "./error-mappings";
import { errorBody } from "./error-template";

/** Header with the body's SHA-256, in base64: S3 refuses a body that has another one. */
export const CHECKSUM_HEADER = "x-amz-checksum-sha256";

/**
 * Response template of a body that S3 has stored: the key under which it is, and API Gateway's request id. Neither the bucket nor the
 * account is told.
 */
export function storedTemplate(): string {
  return '{"key":"$context.extendedRequestId","requestId":"$context.requestId"}';
}

/** S3's errors about what the caller sent, and the answers to them. */
const REFUSALS = [
  {
    s3Codes: ["BadDigest"],
    code: "CHECKSUM_MISMATCH",
    message: `The body that arrived has another SHA-256 than ${CHECKSUM_HEADER} says. If it is not UTF-8 text, send it as a binary content type that the API knows, such as application/octet-stream.`,
  },
  {
    s3Codes: ["InvalidRequest", "InvalidDigest"],
    code: "INVALID_CHECKSUM",
    message: `The header ${CHECKSUM_HEADER} is no SHA-256 in base64.`,
  },
  {
    s3Codes: ["MetadataTooLarge"],
    code: "METADATA_TOO_LARGE",
    message: "The values that are kept with the body are larger than 2 KB together.",
  },
] as const;

/**
 * Response template of what S3 answers 400. S3's errors are XML, of which a template sees the text; its code alone decides. What the
 * caller can't mend, such as a key of KMS that is switched off, is the operator's, 500.
 *
 * Rests on: `$input.body` of a response is its text, as observed of bodies that are no JSON in requests. An empty text leaves 500.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function refusedTemplate(): string {
  const branches = REFUSALS.map(({ s3Codes, code, message }) => {
    const condition = s3Codes.map((s3Code) => `$answer.contains('<Code>${s3Code}</Code>')`).join(" || ");
    return `if(${condition})${errorBody(code, message)}`;
  });
  const status = `#set($context.responseOverride.status = ${INTERNAL_ERROR.status})`;
  return `#set($answer = "$!input.body")#${branches.join("#else")}#else${status}${notStoredTemplate()}#end`;
}

/** Response template of whatever S3 has not stored, and the operator has to mend. */
export function notStoredTemplate(): string {
  return errorBody(INTERNAL_ERROR.code, "The body was not stored.");
}

/** Response template for S3's 5xx statuses: whatever is wrong, it passes by itself, and a retry makes sense. */
export function storeUnavailableTemplate(): string {
  return errorBody("SERVICE_UNAVAILABLE", "The store of large bodies is not available. Retry later.");
}

import { S3Error, notImplemented } from "./s3-error";

/** One of S3's operations that are served. */
export interface S3Operation {
  readonly name: "PutObject" | "GetObject" | "HeadObject" | "DeleteObject" | "ListObjects" | "ListBuckets";
  /** What a policy must allow. */
  readonly action: string;
  /** Names of parameters in the query that it takes. */
  readonly parameters: RegExp;
}

const NONE = /^$/;
const LISTING =
  /^(?:prefix|delimiter|max-keys|marker|list-type|continuation-token|start-after|encoding-type|fetch-owner)$/;
/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
const OVERRIDES =
  /^response-(?:cache-control|content-disposition|content-encoding|content-language|content-type|expires)$/;

const OF_OBJECTS: Readonly<Record<string, S3Operation>> = {
  PUT: { name: "PutObject", action: "s3:PutObject", parameters: NONE },
  GET: { name: "GetObject", action: "s3:GetObject", parameters: OVERRIDES },
  HEAD: { name: "HeadObject", action: "s3:GetObject", parameters: OVERRIDES },
  DELETE: { name: "DeleteObject", action: "s3:DeleteObject", parameters: NONE },
};
const LIST_OBJECTS: S3Operation = { name: "ListObjects", action: "s3:ListBucket", parameters: LISTING };
const LIST_BUCKETS: S3Operation = { name: "ListBuckets", action: "s3:ListAllMyBuckets", parameters: NONE };

/** What a request is about. */
interface Target {
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
}

/**
 * The operation that a request asks for. What would be another one on AWS, by a parameter such as `acl` or a header such as
 * `x-amz-copy-source`, is refused rather than taken for something else.
 * @throws S3Error for one that S3 does not have, or the local gateway does not
 */
export function operationOf(
  method: string,
  { bucket, key }: Target,
  query: URLSearchParams,
  headers: Readonly<Record<string, string>>,
): S3Operation {
  const operation = operationAt(method, { bucket, key });
  for (const name of query.keys()) if (!operation.parameters.test(name)) throw notImplemented(name);
  const refused = operation.action === "s3:GetObject" ? REFUSED : REFUSED_OF_CHANGES;
  for (const name of Object.keys(headers)) if (refused.test(name)) throw notImplemented(name);
  return operation;
}

function operationAt(method: string, { bucket, key }: Target): S3Operation {
  const ofObject = Object.hasOwn(OF_OBJECTS, method) ? OF_OBJECTS[method] : undefined;
  if (key !== undefined && ofObject !== undefined) return ofObject;
  if (key === undefined && method === "GET") return bucket === undefined ? LIST_BUCKETS : LIST_OBJECTS;
  if (key === undefined && ofObject !== undefined) throw notImplemented(`${method} of a bucket`);
  throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", 405, {
    Method: method,
    ResourceType: key === undefined ? "BUCKET" : "OBJECT",
  });
}

/** Headers that make another operation of one, or conditions that an emulator would pass over. */
const REFUSED =
  /^(?:x-amz-copy-source.*|x-amz-trailer|x-amz-server-side-encryption-customer-.*|x-amz-write-offset-bytes|x-amz-object-lock-.*)$/i;
const REFUSED_OF_CHANGES = new RegExp(`${REFUSED.source}|^(?:if-.*|range)$`, "i");

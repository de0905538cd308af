import { createHash } from "node:crypto";
import { partitionOf } from "../../aws/partition";
import type { ObjectChange } from "./object-event";
import { type S3Answer, S3Endpoint, type S3EndpointOptions } from "./s3-endpoint";
import {
  S3ConnectionError,
  S3Error,
  type S3RequestIds,
  accessDenied,
  errorXml,
  newRequestIds,
  readErrorXml,
} from "./s3-error";
import { checkedObject, headerOf } from "./object-checks";
import { type S3Operation, operationOf } from "./s3-operations";

/** An integration request to S3, as API Gateway sends it. */
export interface S3Request {
  readonly region: string;
  readonly httpMethod: string;
  readonly bucket?: string | undefined;
  /** Percent-encoded. */
  readonly key?: string | undefined;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Whether the integration's role may do this to this bucket, or to this object. */
  authorize(action: string, arn: string): boolean;
  readonly timeoutMs: number;
}

/** What S3 answered. */
export interface S3Response {
  readonly status: number;
  readonly headers: [name: string, value: string][];
  readonly body: Buffer | string;
  /** What went to the endpoint; absent when the request did not get that far. */
  readonly sent?: SentToS3;
}

/** An operation on its way, without the object's bytes. */
interface SentToS3 {
  readonly operation: S3Operation["name"];
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  readonly bytes?: number;
}

/** Which endpoint is behind the service, and who is told of what changes there. */
export interface S3ServiceOptions extends S3EndpointOptions {
  /** Waited for before the answer; what it throws is an error of this program. @default nobody is told */
  readonly onChange?: (change: ObjectChange) => Promise<void>;
}

/** Stands in for S3's own front: checks requests as S3 does, passes them on, and answers in the form that S3 would. */
export class S3Service {
  private readonly endpoint: S3Endpoint;
  private readonly onChange: (change: ObjectChange) => Promise<void>;

  constructor({ onChange = () => Promise.resolve(), ...options }: S3ServiceOptions) {
    this.endpoint = new S3Endpoint(options);
    this.onChange = onChange;
  }

  /**
   * A status of 2xx to a PUT means that the endpoint has proved to have the object, unchanged.
   * @throws S3TimeoutError after `timeoutMs`.
   * @throws S3ConnectionError when the endpoint cannot be reached, breaks off, or proves nothing.
   */
  public async send(request: S3Request): Promise<S3Response> {
    const ids = newRequestIds();
    let sent: SentToS3 | undefined;
    try {
      const key = request.key === undefined ? undefined : decodedKey(request.key);
      const { bucket, httpMethod, query, headers } = request;
      const operation = operationOf(httpMethod, { bucket, key }, query, headers);
      const answer = await this.perform({ ...request, operation, key }, (operationSent) => {
        sent = operationSent;
      });
      await this.tell({ ...request, operation, key }, answer, ids);
      const own = Object.entries(answer.headers).filter(([name]) => !OF_CONNECTION.has(name));
      const told = own.map(([name, value]): [string, string] => [name, String(value)]);
      return {
        status: answer.status,
        headers: [...told, ...idHeaders(ids)],
        body: answer.body,
        ...(sent && { sent }),
      };
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      const headers: S3Response["headers"] = [["Content-Type", "application/xml"], ...idHeaders(ids)];
      return { status: error.status, headers, body: errorXml(error, ids), ...(sent && { sent }) };
    }
  }

  private async perform(request: ReadRequest, onSend: (sent: SentToS3) => void): Promise<S3Answer> {
    const { operation, bucket, key, headers, query, timeoutMs } = request;
    if (!request.authorize(operation.action, resourceArn(request))) throw accessDenied();
    const isPut = operation.name === "PutObject";
    const body = isPut ? bytesOf(request.body) : undefined;
    const digest = body && createHash("md5").update(body).digest();
    const checksum = body && digest && checkedObject(headers, body, digest);
    onSend({ operation: operation.name, bucket, key, ...(body && { bytes: body.length }) });
    const answer = await this.endpoint.call(
      {
        method: request.httpMethod,
        path: pathOf(bucket, key),
        query,
        headers: { ...passedOn(headers), ...(digest && { "content-md5": digest.toString("base64") }) },
        ...(body && { body }),
      },
      timeoutMs,
    );
    if (answer.status >= 400) throw refusal(answer, request);
    if (digest !== undefined) this.prove(answer, digest.toString("hex"));
    return { ...answer, headers: { ...answer.headers, ...checksum, ...overriddenHeaders(query) } };
  }

  /**
   * The ETag of an object is its MD5, unless a key of KMS encrypts it: then S3's own word counts that it has compared the bytes with
   * `Content-MD5`, and nobody else's.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
   */
  private prove({ status, headers }: S3Answer, digest: string): void {
    const isProvedByMd5 = String(headers.etag).replaceAll('"', "") === digest;
    const isKms = String(headers["x-amz-server-side-encryption"]).startsWith("aws:kms");
    if (status < 300 && (isProvedByMd5 || (this.endpoint.isAws && isKms))) return;
    throw new S3ConnectionError("S3's answer does not prove that it has the object unchanged.");
  }

  private async tell(request: ReadRequest, answer: S3Answer, ids: S3RequestIds): Promise<void> {
    const { operation, region, bucket = "", key = "" } = request;
    if (operation.name !== "PutObject" && operation.name !== "DeleteObject") return;
    const about = { bucket, key, region, ...ids };
    await this.onChange(
      operation.name === "DeleteObject"
        ? { ...about, event: "ObjectRemoved:Delete" }
        : {
            ...about,
            event: "ObjectCreated:Put",
            size: Buffer.byteLength(request.body),
            eTag: String(answer.headers.etag).replaceAll('"', ""),
            trace: headerOf(request.headers, "x-amzn-trace-id"),
          },
    );
  }
}

/** A request whose operation is known; its key is decoded. */
type ReadRequest = S3Request & { readonly operation: S3Operation };

const LONGEST_KEY = 1024;

/** @throws S3Error for a key that S3 does not take. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
function decodedKey(encoded: string): string {
  let key: string;
  try {
    key = decodeURIComponent(encoded);
  } catch {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI.", 400, { URI: encoded });
  }
  const size = Buffer.byteLength(key);
  if (size <= LONGEST_KEY) return key;
  throw new S3Error("KeyTooLongError", "Your key is too long", 400, {
    Size: String(size),
    MaxSizeAllowed: String(LONGEST_KEY),
  });
}

function bytesOf(body: string | Buffer): Buffer {
  return typeof body === "string" ? Buffer.from(body) : body;
}

function pathOf(bucket: string | undefined, key: string | undefined): string {
  if (bucket === undefined) return "/";
  const encoded = key?.split("/").map(encodeURIComponent).join("/");
  return `/${encodeURIComponent(bucket)}${encoded === undefined ? "" : `/${encoded}`}`;
}

function resourceArn({ region, bucket, key }: S3Request): string {
  if (bucket === undefined) return "*";
  return `${bucketArn(region, bucket)}${key === undefined ? "" : `/${key}`}`;
}

function bucketArn(region: string, bucket: string): string {
  return `arn:${partitionOf(region)}:s3:::${bucket}`;
}

/** What the connection to the endpoint is about, and who calls it, is the gateway's own. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "date",
  "keep-alive",
  "server",
  "transfer-encoding",
  "x-amz-id-2",
  "x-amz-request-id",
]);
const NOT_PASSED_ON =
  /^(?:accept|content-length|content-md5|host|x-amz-date|x-amz-security-token|x-amz-content-sha256|x-amzn-trace-id)$/i;

function passedOn(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_PASSED_ON.test(name)));
}

/** A GET may ask for other headers than the object has. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
function overriddenHeaders(query: URLSearchParams): Record<string, string> {
  const overrides = [...query].filter(([name]) => name.startsWith("response-"));
  return Object.fromEntries(overrides.map(([name, value]) => [name.slice("response-".length), value]));
}

/**
 * What the endpoint refused, in S3's own words and elements. Who may not list a bucket is not told that it lacks an object.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function refusal({ status, body }: S3Answer, request: ReadRequest): S3Error {
  const { bucket = "", key, region, operation } = request;
  const isHead = operation.name === "HeadObject" && status === 404;
  const told = isHead ? { code: "NoSuchKey", message: MESSAGES.NoSuchKey } : readErrorXml(body.toString());
  if (told === undefined) throw new S3ConnectionError(`S3's answer (status ${status}) is not one of S3's.`);
  const { code } = told;
  if (code === "NoSuchKey" && !request.authorize("s3:ListBucket", bucketArn(region, bucket))) {
    return accessDenied();
  }
  const details: [string, string][] =
    code === "NoSuchBucket" ? [["BucketName", bucket]] : key === undefined ? [] : [["Key", key]];
  return new S3Error(code, MESSAGES[code] ?? told.message, status, Object.fromEntries(details));
}

/** Emulators have words of their own. */
const MESSAGES: Readonly<Record<string, string>> & { readonly NoSuchKey: string } = {
  NoSuchBucket: "The specified bucket does not exist",
  NoSuchKey: "The specified key does not exist.",
};

function idHeaders({ requestId, hostId }: S3RequestIds): S3Response["headers"] {
  return [
    ["x-amz-request-id", requestId],
    ["x-amz-id-2", hostId],
  ];
}

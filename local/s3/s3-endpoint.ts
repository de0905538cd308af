import { createHash } from "node:crypto";
import http, { type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { AwsSigner, type CredentialsProvider, isAwsEndpoint } from "../../aws/aws-signer";
import { S3ConnectionError, S3TimeoutError } from "./s3-error";

/** Where and how S3 is reached. */
export interface S3EndpointOptions {
  /** S3 itself, or anything that speaks its protocol with the bucket in the path. */
  readonly endpoint: string;
  /** The endpoint's region. */
  readonly region: string;
  /** Used for AWS's own endpoints only. @default what the AWS CLI would use */
  readonly credentials?: CredentialsProvider;
}

/** A request to an S3 endpoint. */
export interface S3Call {
  readonly method: string;
  /** Percent-encoded, the bucket in it. */
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What an S3 endpoint answered, unread. */
export interface S3Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Calls one S3 endpoint, each time over a connection of its own: one that is kept may be closed as it is used again. */
export class S3Endpoint {
  /** Is it AWS itself? */
  public readonly isAws: boolean;
  private readonly url: URL;
  private readonly region: string;
  private readonly signer: AwsSigner | undefined;

  constructor({ endpoint, region, credentials }: S3EndpointOptions) {
    this.url = new URL(endpoint);
    this.region = region;
    this.isAws = isAwsEndpoint(endpoint);
    if (this.isAws) this.signer = new AwsSigner("s3", credentials);
  }

  /**
   * @throws S3TimeoutError after `timeoutMs`.
   * @throws S3ConnectionError when there is no connection, or no whole answer.
   */
  public async call(call: S3Call, timeoutMs: number): Promise<S3Answer> {
    const { method, query = new URLSearchParams(), headers: given = {}, body = EMPTY } = call;
    const path = `${this.url.pathname.replace(/\/$/, "")}${call.path}`;
    const headers = await this.authorized({ method, path, query, headers: given, body });
    const search = query.size === 0 ? "" : `?${query.toString().replaceAll("+", "%20")}`;
    return exchange(this.url, { method, path: `${path}${search}`, headers }, body, timeoutMs);
  }

  /** Emulators only read the region from the header. */
  private async authorized({ method, path, query, headers, body }: Required<S3Call>) {
    const sent = { ...headers, "content-length": String(body.length) };
    if (this.signer === undefined) {
      const authorization = `AWS4-HMAC-SHA256 Credential=local/20200101/${this.region}/s3/aws4_request, SignedHeaders=host, Signature=0`;
      return { ...sent, authorization, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    }
    const digest = createHash("sha256").update(body).digest("hex");
    const request = {
      endpoint: this.url,
      method,
      path,
      query: Object.fromEntries(query),
      headers: { ...sent, "x-amz-content-sha256": digest },
      body,
    };
    return this.signer.sign(request, this.region);
  }
}

const EMPTY = Buffer.alloc(0);

/** No answer at all in the time that there is, or not all of it, is a failure; what was answered is not. */
function exchange(url: URL, options: RequestOptions, body: Buffer, timeoutMs: number): Promise<S3Answer> {
  return new Promise((resolve, reject) => {
    const { request: open } = url.protocol === "https:" ? https : http;
    const request = open(url, { ...options, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", fail);
      response.on("end", () => {
        clearTimeout(timer);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: Buffer.concat(chunks) });
      });
    });
    const timer = setTimeout(() => {
      request.destroy(new S3TimeoutError(`S3 did not answer within ${timeoutMs} ms.`));
    }, timeoutMs);
    request.on("error", fail);
    request.end(body);

    function fail(error: Error): void {
      clearTimeout(timer);
      const isTimeout = error instanceof S3TimeoutError;
      reject(
        isTimeout ? error : new S3ConnectionError(`No answer from S3: ${error.message}`, { cause: error }),
      );
    }
  });
}

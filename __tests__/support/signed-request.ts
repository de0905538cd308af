import http from "node:http";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";

/** What a test signs. */
export interface ToSign {
  /** As it goes over the wire. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly region?: string;
  readonly service?: string;
  readonly signingDate?: Date;
}

/** A request as it goes over the wire. */
export interface WireRequest {
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}

/** What came back. */
export interface WireAnswer {
  readonly status: number | undefined;
  readonly errorType: string | undefined;
  readonly body: string;
}

/** Signs and sends as the AWS SDK does, to one server. */
export class SigningCaller {
  private readonly origin: URL;

  constructor(
    url: string,
    private readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
  ) {
    this.origin = new URL(url);
  }

  public async sign(request: ToSign): Promise<WireRequest> {
    const { body = "{}", signingDate = new Date() } = request;
    const signed = await this.signer(request).sign(this.unsigned(request), { signingDate });
    return { path: pathOf(request), headers: signed.headers, body };
  }

  /** The signature stands in the query. */
  public async presign(request: ToSign, expiresIn = 300): Promise<WireRequest> {
    const { signingDate = new Date(), body = "{}" } = request;
    const signed = await this.signer(request).presign(this.unsigned(request), { signingDate, expiresIn });
    const query = signed.query as ToSign["query"];
    return { path: pathOf({ ...request, query }), headers: { "content-type": "application/json" }, body };
  }

  public send({ path, headers, body }: WireRequest): Promise<WireAnswer> {
    const { hostname, port } = this.origin;
    return new Promise((resolve, reject) => {
      const request = http.request({ hostname, port, path, method: "POST", headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const errorType = response.headers["x-amzn-errortype"] as string | undefined;
          resolve({ status: response.statusCode, errorType, body: Buffer.concat(chunks).toString() });
        });
      });
      request.on("error", reject);
      // A text would be written in one with the headers, all of it as UTF-8.
      request.end(Buffer.from(body));
    });
  }

  /** Signs, changes and sends. */
  public async call(request: ToSign, change: Partial<WireRequest> = {}): Promise<WireAnswer> {
    const signed = await this.sign(request);
    return this.send({ ...signed, ...change, headers: { ...signed.headers, ...change.headers } });
  }

  private signer({ region = "eu-central-1", service = "execute-api", ...request }: ToSign): SignatureV4 {
    const { accessKeyId, secretAccessKey } = { ...this.credentials, ...request };
    const credentials = { accessKeyId, secretAccessKey, sessionToken: request.sessionToken };
    return new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false });
  }

  private unsigned({ path, query = {}, headers, body = "{}" }: ToSign) {
    return {
      method: "POST",
      protocol: "http:",
      hostname: this.origin.hostname,
      path,
      query: { ...query },
      headers: { host: this.origin.host, "content-type": "application/json", ...headers },
      body,
    };
  }
}

function pathOf({ path, query = {} }: Pick<ToSign, "path" | "query">): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

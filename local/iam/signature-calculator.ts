import { createHash, createHmac } from "node:crypto";
import type { SignedRequest } from "./read-signature";

/** What a signature is made of besides the request. */
export interface SigningParameters {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
}

/** A signature with the texts that it is made from, which AWS tells those whose signature is another. */
export interface CalculatedSignature {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
}

/**
 * Signs a request again, over exactly the headers that its sender signed. Paths are encoded twice and normalized, as for all
 * services but S3.
 *
 * The payload's hash is that of the payload that came: what the sender says of it in `x-amz-content-sha256` counts as a
 * header only, so `UNSIGNED-PAYLOAD` is a wrong signature.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function calculateSignature(
  request: SignedRequest,
  { accessKeyId, secretAccessKey, date, region, service, signedHeaders }: SigningParameters,
): Promise<CalculatedSignature> {
  const shortDate = date.slice(0, 8);
  const scope = `${shortDate}/${region}/${service}/aws4_request`;
  library ??= loadLibrary();
  const { texts, signingKey } = await library;
  const canonicalRequest = texts.canonicalRequest(request, signedHeaders);
  const stringToSign = await texts.stringToSign(canonicalRequest, date, scope);
  const key = await signingKey({ accessKeyId, secretAccessKey }, shortDate, region, service);
  const signature = createHmac("sha256", key).update(stringToSign).digest("hex");
  return { canonicalRequest, stringToSign, signature };
}

let library: ReturnType<typeof loadLibrary> | undefined;

/** The AWS SDK's own texts and keys. It is loaded at the first signature: without `AWS_IAM` nobody needs it. */
async function loadLibrary() {
  const [{ SignatureV4Base, getSigningKey }, { Sha256 }] = await Promise.all([
    import("@smithy/signature-v4"),
    import("@aws-crypto/sha256-js"),
  ]);

  class SignedTexts extends SignatureV4Base {
    constructor() {
      const credentials = { accessKeyId: "", secretAccessKey: "" };
      super({ service: "", region: "", credentials, sha256: Sha256 });
    }

    public canonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
      const { method, path, headers, body } = request;
      const canonicalHeaders = Object.fromEntries(
        signedHeaders.map((name) => [name, headers(name).map(canonicalValue).join(",")]),
      );
      return this.createCanonicalRequest(
        { method, path, query: queryBag(request), headers: {}, protocol: "https:", hostname: "" },
        canonicalHeaders,
        createHash("sha256").update(body).digest("hex"),
      );
    }

    public stringToSign(canonicalRequest: string, date: string, scope: string): Promise<string> {
      return this.createStringToSign(date, scope, canonicalRequest, "AWS4-HMAC-SHA256");
    }
  }

  return { texts: new SignedTexts(), signingKey: getSigningKey.bind(undefined, Sha256) };
}

function canonicalValue(value: string): string {
  return value.trim().replace(/\s+/g, " ");
}

function queryBag({ query }: SignedRequest): Record<string, string[]> {
  const bag = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of query) (bag[name] ??= []).push(value);
  return bag;
}

import { isAwsHost } from "./partition";

/** Credentials of AWS, as the AWS SDK's providers give them. */
interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** Gives the credentials to sign with; called for each request, so it should cache them. */
export type CredentialsProvider = () => Promise<AwsCredentials>;

/** A request to sign; a body of text is UTF-8. */
interface SignableRequest {
  endpoint: URL;
  /** @default "POST" */
  method?: string;
  path: string;
  query?: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** Whether an endpoint is AWS itself, so that requests to it need real credentials. */
export function isAwsEndpoint(endpoint: string): boolean {
  return isAwsHost(new URL(endpoint).hostname);
}

/**
 * Signs requests to one AWS service with Signature Version 4, by default with the credentials that the AWS CLI would
 * use here. The libraries are loaded at the first request: a local endpoint never needs them.
 */
export class AwsSigner {
  constructor(
    private readonly service: string,
    private credentials?: CredentialsProvider,
  ) {}

  /** The request's headers together with those of the signature. */
  public async sign(request: SignableRequest, region: string): Promise<Record<string, string>> {
    const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
      import("@smithy/signature-v4"),
      import("@aws-crypto/sha256-js"),
    ]);
    this.credentials ??= (await import("@aws-sdk/credential-providers")).fromNodeProviderChain();
    const { endpoint, method = "POST", path, query = {}, headers, body } = request;
    const signer = new SignatureV4({
      service: this.service,
      region,
      credentials: await this.credentials(),
      sha256: Sha256,
      // S3 alone takes a path as it stands.
      uriEscapePath: this.service !== "s3",
    });
    const signed = await signer.sign({
      method,
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path,
      query,
      headers: { ...headers, host: endpoint.host },
      body,
    });
    return signed.headers;
  }
}

/** Gives a request in the AWS JSON protocol the headers by which its endpoint knows the caller and the region; may add to those given. */
export type EndpointAuthorization = (
  region: string,
  headers: Record<string, string>,
  body: string,
) => Record<string, string> | Promise<Record<string, string>>;

/** Signs for AWS. Emulators only read the region from the header, so for them a constant per region is enough. */
export function endpointAuthorization(
  endpoint: string,
  credentials?: CredentialsProvider,
): EndpointAuthorization {
  if (!isAwsEndpoint(endpoint)) {
    return (region, headers) => {
      headers.authorization = unsigned(region);
      return headers;
    };
  }
  const signer = new AwsSigner("sqs", credentials);
  const url = new URL(endpoint);
  return (region, headers, body) => signer.sign({ endpoint: url, path: url.pathname, headers, body }, region);
}

const UNSIGNED_BY_REGION = new Map<string, string>();

function unsigned(region: string): string {
  const known = UNSIGNED_BY_REGION.get(region);
  if (known !== undefined) return known;
  const header = `AWS4-HMAC-SHA256 Credential=local/20200101/${region}/sqs/aws4_request, SignedHeaders=host, Signature=0`;
  UNSIGNED_BY_REGION.set(region, header);
  return header;
}

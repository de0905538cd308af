import { isAwsHost } from "./partition";

/** Credentials of AWS, as the AWS SDK's providers give them. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** Gives the credentials to sign with; called for each request, so it should cache them. */
export type CredentialsProvider = () => Promise<AwsCredentials>;

/** A request to sign; the body is UTF-8 text. */
export interface SignableRequest {
  endpoint: URL;
  path: string;
  headers: Record<string, string>;
  body: string;
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
  private readonly service: string;
  private credentials: CredentialsProvider | undefined;

  constructor(service: string, credentials?: CredentialsProvider) {
    this.service = service;
    this.credentials = credentials;
  }

  /** The request's headers together with those of the signature. */
  public async sign(request: SignableRequest, region: string): Promise<Record<string, string>> {
    const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
      import("@smithy/signature-v4"),
      import("@aws-crypto/sha256-js"),
    ]);
    this.credentials ??= (await import("@aws-sdk/credential-providers")).fromNodeProviderChain();
    const { endpoint, path, headers, body } = request;
    const signer = new SignatureV4({
      service: this.service,
      region,
      credentials: await this.credentials(),
      sha256: Sha256,
    });
    const signed = await signer.sign({
      method: "POST",
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path,
      headers: { ...headers, host: endpoint.host },
      body,
    });
    return signed.headers;
  }
}

import { AwsSigner, type CredentialsProvider, isAwsEndpoint } from "./aws-signer";

/** Gives a request in the AWS JSON protocol the headers by which its endpoint knows the caller and the region. */
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
  if (!isAwsEndpoint(endpoint)) return (region, headers) => ({ ...headers, authorization: unsigned(region) });
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

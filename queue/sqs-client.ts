import { SQSClient } from "@aws-sdk/client-sqs";
import { parseArn } from "../aws/arn";
import { isAwsEndpoint } from "../aws/aws-signer";
import { CommandLineError } from "../errors/command-line-error";
import { mistakeText } from "../errors/mistake";

/** Where a queue is. */
export interface QueuePlace {
  readonly url: string;
  readonly arn?: string | undefined;
}

/**
 * A client for the queue: at AWS_ENDPOINT_URL where that is set, as the AWS CLI does it, otherwise at the queue's own URL, which
 * is right for emulators, too.
 */
export function sqsClient({ url, arn }: QueuePlace): SQSClient {
  const endpoint = endpointOf(url);
  return new SQSClient({
    endpoint,
    region: regionOf(url, arn),
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
    ...(needsNoCredentials(endpoint)
      ? { credentials: { accessKeyId: "test", secretAccessKey: "test" } }
      : {}),
  });
}

function endpointOf(url: string): string {
  const { origin } = requireHttp("--queue-url", url);
  return environmentEndpoint() ?? origin;
}

/** Where the environment says that SQS is. */
export function environmentEndpoint(): string | undefined {
  for (const name of ["AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL"]) {
    const value = process.env[name] ?? "";
    if (value !== "") return requireHttp(name, value).href;
  }
  return undefined;
}

/** @throws CommandLineError where it is no address */
export function requireHttp(where: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  throw new CommandLineError({
    where,
    wrong: "is no address",
    got: JSON.stringify(text),
    allowed: "one that starts with https:// or http://",
    mend: "Correct it.",
  });
}

/** An emulator takes any. */
function needsNoCredentials(endpoint: string): boolean {
  const { AWS_ACCESS_KEY_ID = "", AWS_PROFILE = "" } = process.env;
  return !isAwsEndpoint(endpoint) && AWS_ACCESS_KEY_ID === "" && AWS_PROFILE === "";
}

/** That of the ARN, else that in the host's name, else the environment's. */
function regionOf(url: string, arn = ""): string {
  const { hostname } = new URL(url);
  const inHost = /^(?:sqs[.]([a-z0-9-]+)|([a-z0-9-]+)[.]queue)[.]/.exec(hostname);
  const { AWS_REGION = "", AWS_DEFAULT_REGION = "" } = process.env;
  const region = [
    parseArn(arn)?.region ?? "",
    inHost?.[1] ?? inHost?.[2] ?? "",
    AWS_REGION,
    AWS_DEFAULT_REGION,
  ]
    .concat(isAwsEndpoint(url) ? [] : ["us-east-1"])
    .find((name) => name !== "");
  if (region !== undefined) return region;
  throw new Error(
    mistakeText({
      where: url,
      wrong: "does not tell its Region",
      got: "none in AWS_REGION either",
      allowed: "a queue's URL such as https://sqs.eu-central-1.amazonaws.com/123456789012/name",
      mend: "Set AWS_REGION.",
    }),
  );
}

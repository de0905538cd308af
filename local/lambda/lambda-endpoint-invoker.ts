import { AwsSigner, type CredentialsProvider, isAwsEndpoint } from "../../aws/aws-signer";
import {
  type FunctionInvoker,
  type InvocationResult,
  type LambdaAnswer,
  type LambdaApi,
  functionName,
  parsePayload,
} from "./function-invoker";

/** An endpoint of Lambda's, and how to reach it. */
interface LambdaEndpoint {
  readonly endpoint: string;
  readonly region: string;
  /** What the endpoint calls the function. @default the ARN on AWS, the bare name elsewhere */
  readonly nameOf?: (functionArn: string) => string;
  /** Used for AWS's own endpoints only. @default what the AWS CLI would use */
  readonly credentials?: CredentialsProvider;
}

/**
 * Invokes Lambda functions through an endpoint of Lambda's Invoke API: AWS, SAM local, moto, or the runtime interface
 * emulator of a container image, which knows its one function as `function`.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export class LambdaEndpointInvoker implements FunctionInvoker, LambdaApi {
  private readonly endpoint: URL;
  private readonly region: string;
  private readonly nameOf: (functionArn: string) => string;
  private readonly signer: AwsSigner | undefined;

  constructor(options: LambdaEndpoint) {
    const aws = isAwsEndpoint(options.endpoint);
    this.endpoint = new URL(options.endpoint);
    this.region = options.region;
    this.nameOf = options.nameOf ?? (aws ? (arn) => arn : functionName);
    this.signer = aws ? new AwsSigner("lambda", options.credentials) : undefined;
  }

  public async invoke(functionArn: string, event: unknown, signal: AbortSignal): Promise<InvocationResult> {
    const {
      status,
      isFunctionError,
      payload: text,
    } = await this.call(functionArn, JSON.stringify(event), signal);
    if (status !== 200) {
      throw new Error(
        `Lambda endpoint ${this.endpoint.origin} answered ${status} for ${functionArn}: ${text}`,
      );
    }
    const payload = JSON.parse(text === "" ? "null" : text) as unknown;
    return isFunctionError ? { ok: false, errorMessage: errorMessageOf(payload) } : { ok: true, payload };
  }

  public async call(
    functionArn: string,
    body: string,
    signal: AbortSignal,
    invocationType = "RequestResponse",
  ): Promise<LambdaAnswer> {
    const path = `/2015-03-31/functions/${encodeURIComponent(this.nameOf(functionArn))}/invocations`;
    const plain = { "content-type": "application/json", "x-amz-invocation-type": invocationType };
    const headers =
      (await this.signer?.sign({ endpoint: this.endpoint, path, headers: plain, body }, this.region)) ??
      plain;
    const response = await fetch(new URL(path, this.endpoint), { method: "POST", headers, body, signal });
    const payload = await response.text();
    const isFunctionError = response.headers.has("x-amz-function-error") || isUnmarkedError(payload);
    return { status: response.status, isFunctionError, payload };
  }
}

/** The runtime interface emulator and SAM local answer a function's error without the header that AWS sets. */
function isUnmarkedError(text: string): boolean {
  const payload = text.trimStart().startsWith("{") ? parsePayload(text) : undefined;
  return (
    typeof payload === "object" && payload !== null && "errorMessage" in payload && "errorType" in payload
  );
}

/** The message of a function's error, if it gave one. */
export function errorMessageOf(payload: unknown): string | undefined {
  if (typeof payload !== "object" || payload === null || !("errorMessage" in payload)) return undefined;
  return typeof payload.errorMessage === "string" ? payload.errorMessage : undefined;
}

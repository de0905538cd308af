import { AwsSigner, type CredentialsProvider, isAwsEndpoint } from "../../aws/aws-signer";
import { type FunctionInvoker, type InvocationResult, functionName } from "./function-invoker";

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
export class LambdaEndpointInvoker implements FunctionInvoker {
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
    const path = `/2015-03-31/functions/${encodeURIComponent(this.nameOf(functionArn))}/invocations`;
    const body = JSON.stringify(event);
    const plain = { "content-type": "application/json", "x-amz-invocation-type": "RequestResponse" };
    const headers =
      (await this.signer?.sign({ endpoint: this.endpoint, path, headers: plain, body }, this.region)) ??
      plain;
    const response = await fetch(new URL(path, this.endpoint), { method: "POST", headers, body, signal });
    const text = await response.text();
    if (response.status !== 200) {
      throw new Error(
        `Lambda endpoint ${this.endpoint.origin} answered ${response.status} for ${functionArn}: ${text}`,
      );
    }
    const payload = JSON.parse(text === "" ? "null" : text) as unknown;
    return response.headers.has("x-amz-function-error") || isUnmarkedError(payload)
      ? { ok: false, errorMessage: messageOf(payload) }
      : { ok: true, payload };
  }
}

/** The runtime interface emulator and SAM local answer a function's error without the header that AWS sets. */
function isUnmarkedError(payload: unknown): boolean {
  return (
    typeof payload === "object" && payload !== null && "errorMessage" in payload && "errorType" in payload
  );
}

function messageOf(payload: unknown): string | undefined {
  if (typeof payload !== "object" || payload === null || !("errorMessage" in payload)) return undefined;
  return typeof payload.errorMessage === "string" ? payload.errorMessage : undefined;
}

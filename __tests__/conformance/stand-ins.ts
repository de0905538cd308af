import type { FunctionInvoker, InvocationResult } from "../../local/lambda/function-invoker";
import { GatewayError } from "../../local/apigateway/gateway-error";
import type { IntegrationRequest } from "../../local/apigateway/integration-request";
import type { CallIntegration } from "../../local/apigateway/integration-response";
import type { Integration } from "../../local/terraform/stack-model";
import type { ConformanceCase } from "./conformance-case";

/** A backend that answers what a case says, and keeps what it was sent. */
export class BackendStandIn {
  public readonly requests: IntegrationRequest[] = [];
  private readonly example: ConformanceCase;

  constructor(example: ConformanceCase) {
    this.example = example;
  }

  /** MOCK integrations are the gateway's own. */
  public readonly standInFor = (integration: Integration): CallIntegration | undefined =>
    integration.type === "MOCK" ? undefined : (request) => this.answer(request);

  private answer(request: IntegrationRequest): ReturnType<CallIntegration> {
    this.requests.push(request);
    const { config = {}, input } = this.example;
    if (config.error !== undefined) throw new GatewayError(config.error);
    const response = config.backendResponse ?? {};
    const selection = input.context?.selectionValue as string | number | undefined;
    const isFunction = config.integrationType === "AWS (lambda)";
    return {
      status: isFunction || selection === undefined ? (response.status ?? 200) : Number(selection),
      ...(isFunction && { selectionValue: String(selection ?? "") }),
      headers: Object.entries(response.headers ?? {}),
      body:
        response.bodyBase64 === undefined
          ? (response.body ?? "")
          : Buffer.from(response.bodyBase64, "base64"),
    };
  }
}

/** An authorizer's function that does what a case says, and keeps its events. Left out of a case, it allows. */
export class FunctionStandIn implements FunctionInvoker {
  public readonly events: unknown[] = [];
  private readonly example: ConformanceCase;

  constructor(example: ConformanceCase) {
    this.example = example;
  }

  public invoke(_functionArn: string, event: unknown): Promise<InvocationResult> {
    this.events.push(event);
    const { lambdaError, lambdaResult } = this.example.config ?? {};
    if (lambdaError !== undefined) return Promise.resolve({ ok: false, errorMessage: lambdaError });
    return Promise.resolve({ ok: true, payload: lambdaResult ?? ALLOW_ALL });
  }
}

const ALLOW_ALL = {
  principalId: "user",
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: "*" }],
  },
};

import type { FunctionInvoker, InvocationResult } from "../../local/lambda/function-invoker";
import { SqsService } from "../../local/sqs/sqs-service";
import { Gateway } from "../../local/apigateway/gateway";
import type { RequestTrace } from "../../local/apigateway/request-trace";
import type { IntegrationRequest } from "../../local/apigateway/integration-request";
import type { EndpointResponse } from "../../local/apigateway/integration-response";
import type { OutgoingResponse } from "../../local/apigateway/response";
import type { StackModel } from "../../local/terraform/stack-model";

/** What a test sends; all else is a JSON POST to `/prod/orders`. */
export interface SampleRequest {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
}

/** What a test's endpoint and authorizer's function answer. */
interface SampleBehaviour {
  readonly backend?: EndpointResponse;
  readonly invoke?: (event: Readonly<Record<string, unknown>>) => InvocationResult;
}

/** A gateway without a network: its backend and its authorizer's function are the test's. */
export class SampleGateway {
  public readonly sent: IntegrationRequest[] = [];
  public readonly events: unknown[] = [];
  public readonly traces: RequestTrace[] = [];
  /** Of the access log. */
  public readonly lines: string[] = [];
  private readonly gateway: Gateway;

  constructor(stack: StackModel, behaviour: SampleBehaviour = {}) {
    const [api] = stack.restApis;
    if (api === undefined) throw new Error("The stack has no API.");
    const invoker: FunctionInvoker = {
      invoke: (_functionArn, event) => {
        this.events.push(event);
        if (behaviour.invoke === undefined) return Promise.reject(new Error("no function"));
        return Promise.resolve(behaviour.invoke(event as Record<string, unknown>));
      },
    };
    const { backend } = behaviour;
    this.gateway = new Gateway(stack, api, {
      // Nothing listens there: what reaches it fails.
      sqs: new SqsService({ endpoint: "http://127.0.0.1:9", region: api.region }),
      invoker,
      onTrace: (trace) => this.traces.push(trace),
      accessLog: (line) => this.lines.push(line),
      standInFor: (integration) =>
        integration.type === "MOCK" || backend === undefined
          ? undefined
          : (request) => {
              this.sent.push(request);
              return backend;
            },
    });
  }

  public get startWarnings(): readonly string[] {
    return this.gateway.startWarnings;
  }

  public send(request: SampleRequest = {}): Promise<OutgoingResponse> {
    return this.gateway.handle({
      method: request.method ?? "POST",
      path: request.path ?? "/prod/orders",
      queryString: request.query ?? "",
      headers: (request.headers ?? [["Content-Type", "application/json"]]).flat(),
      body: Buffer.from(request.body ?? "{}"),
      sourceIp: "127.0.0.1",
      protocol: "HTTP/1.1",
    });
  }
}

/** The value of a response header. */
export function header(response: OutgoingResponse, name: string): string | undefined {
  return response.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

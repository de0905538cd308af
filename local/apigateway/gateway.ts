import type { FunctionInvoker } from "../lambda/lambda";
import type { SqsService } from "../sqs/sqs-service";
import { type AnswerGatewayError, prepareGatewayResponses } from "./answer-gateway-error";
import { AuthorizerResultCache } from "./authorizer-result-cache";
import type { Backend } from "./backend";
import { checkLimits } from "./check-limits";
import { decompressPayload } from "./decompress-payload";
import { GatewayError, internalServerError } from "./gateway-error";
import type { IncomingRequest, OutgoingResponse } from "./http-message";
import { prepareMethod } from "./prepare-method";
import { type ReceivedRequest, receive } from "./received-request";
import { type Route, prepareRouting } from "./route";
import { UsageMeter } from "./usage-meter";
import type { Integration, RestApi, StackModel } from "../terraform/stack-model";
import { type RequestTrace, TraceRecorder } from "./request-trace";

/** What a gateway calls. */
export interface GatewayServices {
  readonly sqs: SqsService;
  /** Runs the functions of Lambda authorizers. */
  readonly invoker: FunctionInvoker;
  /** Stands in for an integration's own backend where it has one to give. */
  readonly backendFor?: (integration: Integration) => Backend | undefined;
  /** Is told of every request once it is answered, and of what is secret in it: the trace masks that in headers only. */
  readonly onTrace?: (trace: RequestTrace, secrets: readonly string[]) => void;
  /** Asked as a request comes: whether it is to be traced. @default every one */
  readonly wantsTrace?: (() => boolean) | undefined;
}

/** One REST API: takes requests and answers them as API Gateway does. */
export class Gateway {
  /** What is served otherwise than its author may think, one line each. */
  public readonly startWarnings: readonly string[];
  private readonly api: RestApi;
  private readonly route: Route;
  private readonly answerError: AnswerGatewayError;
  private readonly onTrace: GatewayServices["onTrace"];
  private readonly wantsTrace: () => boolean;

  /** @throws Error that names the Terraform address of what can't work. */
  constructor(stack: StackModel, api: RestApi, services: GatewayServices) {
    const warnings = new Set<string>();
    const shared = {
      stack,
      api,
      sqs: services.sqs,
      invoker: services.invoker,
      backendFor: services.backendFor,
      authorizerResults: new AuthorizerResultCache(),
      usage: new UsageMeter(api),
      warn: (warning: string) => warnings.add(warning),
    };
    this.api = api;
    this.route = prepareRouting(api, (stage, resource, verb) => prepareMethod(shared, stage, resource, verb));
    this.startWarnings = [...warnings];
    this.answerError = prepareGatewayResponses(api);
    this.onTrace = services.onTrace;
    this.wantsTrace = services.wantsTrace ?? (() => true);
  }

  /** Never fails: what goes wrong is an answer. */
  public async handle(incoming: IncomingRequest): Promise<OutgoingResponse> {
    const received = receive(this.api, incoming);
    const trace = this.onTrace && this.wantsTrace() ? new TraceRecorder(received) : undefined;
    const answer = await this.answer(received, trace);
    if (trace !== undefined) this.onTrace?.(trace.finish(answer), trace.secrets);
    return answer;
  }

  private async answer(
    received: ReceivedRequest,
    trace: TraceRecorder | undefined,
  ): Promise<OutgoingResponse> {
    let reached = received;
    try {
      checkLimits(received.incoming);
      const { request, method } = this.route(await decompressPayload(received));
      reached = request;
      trace?.routed(request, method.httpMethod);
      const authorization = await method.authorize(request);
      trace?.authorized(authorization);
      method.checkApiKey(request, authorization.usageIdentifierKey);
      method.throttle(request.receivedAt);
      method.validateRequest(request);
      const integrationRequest = method.mapRequest(request);
      trace?.mapped(integrationRequest);
      const backendResponse = await method.callBackend(integrationRequest);
      trace?.integrated(backendResponse);
      return method.mapResponse(backendResponse, request);
    } catch (error) {
      trace?.failed(error);
      return this.answerError(error instanceof GatewayError ? error : internalServerError(error), reached);
    }
  }
}

import type { FunctionInvoker } from "../lambda/function-invoker";
import type { Method, Resource, RestApi, StackModel, Stage } from "../terraform/stack-model";
import { type AccessLogEntry, type OpenEntry, prepareAccessLog } from "./access-log";
import { UsageMeter, prepareApiKeyCheck } from "./api-keys";
import type { PublicKey } from "../cognito/user-pool-keys";
import type { Identity } from "../iam/identity";
import { type ChooseDeployment, prepareDeployments } from "./canary";
import { type Authorize, prepareLambdaAuthorization, prepareOpenMethod } from "./authorization";
import { prepareCognitoAuthorization } from "./cognito-authorizer";
import { GatewayError, atAddress, internalServerError } from "./gateway-error";
import { type RespondToError, prepareGatewayResponses } from "./gateway-responses";
import { prepareIamAuthorization } from "./iam-authorization";
import { type IntegrationServices, prepareIntegration, reasonNotServed } from "./integration";
import { notServedMethods } from "./integrations/not-served";
import { AuthorizerResultCache, prepareLambdaAuthorizer } from "./lambda-authorizer";
import { closedToAll, notActedOn, unfilledUris } from "./not-acted-on";
import { decompressPayload, isCompressed } from "./payload";
import { mayInvokeAuthorizer } from "./permissions";
import { type IncomingRequest, type ReceivedRequest, checkHeaderSize, receive } from "./request";
import { type ExpectedTexts, expectedTexts, type RequestTrace, TraceRecorder } from "./request-trace";
import { prepareValidation } from "./request-validation";
import type { OutgoingResponse } from "./response";
import { type Route, prepareRouting } from "./routing";
import type { Warn } from "./template/prepare-templates";
import { prepareThrottle, type TokenBucket } from "./throttling";

/** What a gateway calls. */
export interface GatewayServices extends IntegrationServices {
  /** Runs the functions of Lambda authorizers. */
  readonly invoker: FunctionInvoker;
  /** Who may sign the requests to methods of type `AWS_IAM`. @default nobody */
  readonly identities?: readonly Identity[] | undefined;
  /** Keys of the user pools of methods of type `COGNITO_USER_POOLS`, asked for once there is one. @default none */
  readonly userPoolKeys?: { readonly publicKeys: readonly PublicKey[] } | undefined;
  /** Is told of every request once it is answered, and of what is secret in it: the trace masks that in headers only. */
  readonly onTrace?: (trace: RequestTrace, secrets: readonly string[]) => void;
  /** Asked as a request comes: whether it is to be traced. @default every one */
  readonly wantsTrace?: (() => boolean) | undefined;
  /** Takes a line for every request once it is answered. */
  readonly accessLog?: ((line: string) => void) | undefined;
}

/** One REST API: takes requests and answers them as API Gateway does. */
export class Gateway {
  /** What is served otherwise than its author may think, one line each. */
  public readonly startWarnings: readonly string[];
  private readonly deployed: ChooseDeployment<DeployedApi>;
  private readonly wantsTrace: () => boolean;
  private readonly openEntry: OpenEntry | undefined;

  /** @throws Error that names the Terraform address of what can't work. */
  constructor(
    stack: StackModel,
    api: RestApi,
    private readonly services: GatewayServices,
  ) {
    const warnings = new Set<string>([
      ...notServedMethods(api, (method) => reasonNotServed(method, services)),
      ...closedToAll(api),
      ...unfilledUris(api),
      ...notActedOn(api),
    ]);
    const shared = {
      ...services,
      stack,
      authorizerResults: new AuthorizerResultCache(),
      usage: new UsageMeter(),
      throttles: new Map<string, TokenBucket>(),
      warn: (warning: string) => warnings.add(warning),
    };
    this.deployed = prepareDeployments(api, (frozen) => prepareApi({ ...shared, api: frozen }));
    this.startWarnings = [...warnings];
    this.wantsTrace = services.wantsTrace ?? (() => true);
    this.openEntry = services.accessLog && prepareAccessLog(api);
  }

  /** Never fails: what goes wrong is an answer. */
  public async handle(incoming: IncomingRequest): Promise<OutgoingResponse> {
    const { onTrace, accessLog } = this.services;
    const deployed = this.deployed(incoming.path);
    const received = receive(deployed.api, incoming);
    const trace =
      onTrace && this.wantsTrace() ? new TraceRecorder(received, deployed.expectedTexts) : undefined;
    const entry = this.openEntry?.(received);
    const answer = await this.answer(deployed, received, trace, entry);
    if (trace !== undefined) onTrace?.(trace.finish(answer), trace.secrets);
    if (entry !== undefined) accessLog?.(entry.line(answer));
    return answer;
  }

  private async answer(
    { route, respondToError }: DeployedApi,
    received: ReceivedRequest,
    trace: TraceRecorder | undefined,
    entry: AccessLogEntry | undefined,
  ): Promise<OutgoingResponse> {
    let reached = received;
    try {
      checkHeaderSize(received.incoming);
      const whole = isCompressed(received) ? await decompressPayload(received) : received;
      const { request, prepared: method } = route(whole);
      reached = request;
      trace?.routed(request);
      const asked = method.authorize(request);
      const authorization = asked instanceof Promise ? await asked : asked;
      trace?.authorized(authorization);
      method.checkApiKey(request, authorization.usageIdentifierKey);
      method.throttle(request.receivedAt);
      method.validateRequest(request);
      const integrationRequest = method.mapRequest(request);
      trace?.mapped(integrationRequest);
      entry?.calling();
      const endpointResponse = await method.callIntegration(integrationRequest);
      trace?.integrated(endpointResponse);
      entry?.integrated(endpointResponse);
      return method.mapResponse(endpointResponse, request);
    } catch (error) {
      trace?.failed(error);
      const failure = error instanceof GatewayError ? error : internalServerError(error);
      entry?.failed(failure);
      return respondToError(failure, reached);
    }
  }
}

/** An API as a deployment froze it, ready to serve. */
interface DeployedApi {
  readonly api: RestApi;
  readonly route: Route<ReturnType<typeof prepareMethod>>;
  readonly respondToError: RespondToError;
  readonly expectedTexts: ExpectedTexts;
}

function prepareApi(shared: SharedParts): DeployedApi {
  const { api } = shared;
  return {
    api,
    route: prepareRouting(api, (stage, resource, method) => prepareMethod(shared, stage, resource, method)),
    respondToError: prepareGatewayResponses(api),
    expectedTexts: expectedTexts(api),
  };
}

/** What the methods of one API share. */
interface SharedParts extends GatewayServices {
  readonly stack: StackModel;
  readonly api: RestApi;
  readonly authorizerResults: AuthorizerResultCache;
  readonly usage: UsageMeter;
  readonly throttles: Map<string, TokenBucket>;
  readonly warn: Warn;
}

/**
 * One method of one stage, ready to serve: its templates parsed, its patterns and models compiled.
 * @throws Error that names the Terraform address of what can't work.
 */
function prepareMethod(shared: SharedParts, stage: Stage, resource: Resource, method: Method) {
  const { api } = shared;
  const { authorizer } = method;
  return {
    authorize: atAddress(authorizer?.address ?? api.address, () => authorization(shared, stage, method)),
    checkApiKey: prepareApiKeyCheck(api, stage, method, shared.usage),
    throttle: prepareThrottle(stage, resource, method, shared.throttles),
    validateRequest: atAddress(method.address, () => prepareValidation(api, method)),
    ...prepareIntegration(shared, method),
  };
}

function authorization(shared: SharedParts, stage: Stage, method: Method): Authorize {
  const { stack, api, invoker, authorizerResults: cache, identities = [], userPoolKeys } = shared;
  const { authorizer } = method;
  if (method.authorizationType === "AWS_IAM") return prepareIamAuthorization(api, identities);
  if (authorizer === undefined) return prepareOpenMethod(api);
  if (authorizer.type === "COGNITO_USER_POOLS") {
    return prepareCognitoAuthorization(api, authorizer, method, userPoolKeys?.publicKeys ?? []);
  }
  const mayInvoke = mayInvokeAuthorizer(stack, api, authorizer);
  const parts = { authorizer, stage, invoker, mayInvoke, cache };
  return prepareLambdaAuthorization(api, prepareLambdaAuthorizer(parts));
}

import { executionArn } from "../../aws/arn";
import { missingEqualSign } from "../iam/signature-error";
import type { Method, Resource, RestApi, Stage } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import { ReceivedRequest } from "./request";
import { ResourceTree } from "./resource-tree";

/** A request that has found its method: what all steps after routing read. */
export class RoutedRequest extends ReceivedRequest {
  /** What its mapping templates' author should know, gathered as they are rendered. */
  public readonly templateNotes = new Set<string>();
  public override readonly stageVariables: Readonly<Record<string, string>>;

  constructor(
    { incoming, sentHeaders, query, context, traceId }: ReceivedRequest,
    public readonly stage: Stage,
    public readonly resource: Resource,
    public readonly method: Method,
    /** What policies name this request by: `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<VERB>/<path>`. */
    public readonly methodArn: string,
    public override readonly pathParameters: Readonly<Record<string, string>>,
  ) {
    super(incoming, sentHeaders, query, context, traceId);
    this.stageVariables = stage.variables;
  }
}

/** Finds the request's stage and method, with what was prepared for it. */
export type Route<Prepared> = (received: ReceivedRequest) => Routed<Prepared>;

interface Routed<Prepared> {
  readonly request: RoutedRequest;
  readonly prepared: Prepared;
}

/** Prepares one method of one stage. */
type Prepare<Prepared> = (stage: Stage, resource: Resource, method: Method) => Prepared;

/**
 * Routing. An API whose own URL is closed, and an unknown stage, are `Forbidden`; a path or a verb that the stage does not have is a missing authentication
 * token, never 404 or 405, and where the caller sent an `Authorization` header, a bad signature.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-troubleshooting.html
 */
export function prepareRouting<Prepared>(api: RestApi, prepare: Prepare<Prepared>): Route<Prepared> {
  const stages = new Map(
    api.stages.map((stage) => [stage.name, { stage, tree: resourceTree(api, stage, prepare) }]),
  );
  const apiArn = executionArn(api);
  return (received) => {
    const { context, incoming } = received;
    if (api.isEndpointDisabled && incoming.domain === undefined) throw new GatewayError("ENDPOINT_DISABLED");
    const { stageName, path } = splitStage(incoming.path);
    const found = stages.get(stageName);
    if (found === undefined) throw new GatewayError("UNKNOWN_STAGE");
    const { stage, tree } = found;
    context.stage = stageName;
    context.deploymentId = stage.deploymentId;
    if (stage.canary) context.isCanaryRequest = stage.deploymentId === stage.canary.deploymentId;
    const match = tree.find(incoming.method, path);
    if (match === undefined) throw unmatched(received);
    const { resource, method, prepared } = match.target;
    context.resourceId = resource.id;
    context.resourcePath = resource.path;
    if (method.operationName !== undefined) context.operationName = method.operationName;
    const methodArn = `${apiArn}/${stageName}/${incoming.method}/${path.replace(/^\/+/, "")}`;
    if (methodArn.length > LONGEST_METHOD_ARN) throw new GatewayError("URI_TOO_LONG");
    const request = new RoutedRequest(received, stage, resource, method, methodArn, match.pathParameters);
    return { request, prepared };
  };
}

/** Slashes before the stage don't count; those behind it stay. */
export function splitStage(whole: string): Record<"stageName" | "path", string> {
  let start = 0;
  while (whole[start] === "/") start += 1;
  const end = whole.indexOf("/", start);
  return end === -1
    ? { stageName: whole.slice(start), path: "" }
    : { stageName: whole.slice(start, end), path: whole.slice(end) };
}

const LONGEST_METHOD_ARN = 1600;

interface Target<Prepared> {
  readonly resource: Resource;
  readonly method: Method;
  readonly prepared: Prepared;
}

function resourceTree<Prepared>(
  api: RestApi,
  stage: Stage,
  prepare: Prepare<Prepared>,
): ResourceTree<Target<Prepared>> {
  return new ResourceTree(
    api.resources.map((resource) => ({
      path: resource.path,
      methods: Object.fromEntries(
        Object.entries(resource.methods).map(([verb, method]) => [
          verb,
          { resource, method, prepared: prepare(stage, resource, method) },
        ]),
      ),
    })),
  );
}

/** Without a method, API Gateway tries to read the `Authorization` header as a signature of AWS's own. */
function unmatched(received: ReceivedRequest): GatewayError {
  const authorization = received.sentHeaders.lastIgnoringCase("authorization");
  if (authorization === undefined || authorization.includes("=")) {
    return new GatewayError("MISSING_AUTHENTICATION_TOKEN");
  }
  return new GatewayError("INVALID_SIGNATURE", missingEqualSign(authorization).message);
}

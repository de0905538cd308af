import { createHash } from "node:crypto";
import { executionArn } from "../../aws/arn";
import type { Resource, RestApi, Stage } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import type { PreparedMethod } from "./prepared-method";
import type { ReceivedRequest } from "./received-request";
import { RoutedRequest } from "./routed-request";
import { Router } from "./router";

/** Finds the request's stage and method. */
export type Route = (received: ReceivedRequest) => { request: RoutedRequest; method: PreparedMethod };

/**
 * Routing. An unknown stage is `Forbidden`; a path or a verb that the stage does not have is a missing authentication
 * token, never 404 or 405, and where the caller sent an `Authorization` header, a bad signature.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-troubleshooting.html
 */
export function prepareRouting(
  api: RestApi,
  prepare: (stage: Stage, resource: Resource, verb: string) => PreparedMethod,
): Route {
  const stages = new Map(
    api.stages.map((stage) => [stage.name, { stage, router: routerOf(api, stage, prepare) }]),
  );
  const apiArn = executionArn(api);
  return (received) => {
    const { path, method: verb } = received.incoming;
    const { stageName, rest } = splitPath(path);
    const found = stages.get(stageName);
    if (found === undefined) throw new GatewayError("UNKNOWN_STAGE");
    received.context.stage = stageName;
    received.context.deploymentId = found.stage.deploymentId;
    const match = found.router.find(verb, rest);
    if (match === undefined) throw unmatched(received);
    const { resource, method } = match.target;
    received.context.resourceId = resource.id;
    received.context.resourcePath = resource.path;
    if (method.operationName !== undefined) received.context.operationName = method.operationName;
    const methodArn = `${apiArn}/${stageName}/${verb}/${rest.replace(/^\/+/, "")}`;
    if (methodArn.length > LONGEST_METHOD_ARN) throw new GatewayError("URI_TOO_LONG");
    const request = new RoutedRequest(received, {
      stage: found.stage,
      resource,
      methodArn,
      pathParameters: match.pathParameters,
    });
    return { request, method };
  };
}

const LONGEST_METHOD_ARN = 1600;

function routerOf(
  api: RestApi,
  stage: Stage,
  prepare: (stage: Stage, resource: Resource, verb: string) => PreparedMethod,
): Router<{ resource: Resource; method: PreparedMethod }> {
  return new Router(
    api.resources.map((resource) => ({
      path: resource.path,
      methods: Object.fromEntries(
        Object.keys(resource.methods).map((verb) => [
          verb,
          { resource, method: prepare(stage, resource, verb) },
        ]),
      ),
    })),
  );
}

/** Slashes before the stage don't count; those behind it stay. */
function splitPath(path: string): { stageName: string; rest: string } {
  const [, stageName = "", rest = ""] = /^\/*([^/]*)(.*)$/s.exec(path) ?? [];
  return { stageName, rest };
}

/** Without a method, API Gateway tries to read the `Authorization` header as a signature of AWS's own. */
function unmatched(received: ReceivedRequest): GatewayError {
  const authorization = received.sentHeaders.lastIgnoringCase("authorization");
  if (authorization === undefined || authorization.includes("=")) {
    return new GatewayError("MISSING_AUTHENTICATION_TOKEN");
  }
  const hash = createHash("sha256").update(authorization).digest("base64");
  return new GatewayError(
    "INVALID_SIGNATURE",
    `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash}'.`,
  );
}

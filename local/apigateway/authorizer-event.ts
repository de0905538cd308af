import type { Authorizer } from "../terraform/stack-model";
import type { MultiValues } from "./multi-values";
import type { RoutedRequest } from "./routed-request";

/** What an authorizer's function is called with. */
export type AuthorizerEvent = Readonly<Record<string, unknown>>;

/**
 * The event of a TOKEN or REQUEST authorizer; in the latter, what the request has none of is null.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function authorizerEvent(
  authorizer: Authorizer,
  request: RoutedRequest,
  token: string,
): AuthorizerEvent {
  const { methodArn, incoming, resource, stage } = request;
  if (authorizer.type === "TOKEN") return { type: "TOKEN", authorizationToken: token, methodArn };
  return {
    type: "REQUEST",
    methodArn,
    resource: resource.path,
    path: incoming.path.replace(/^\/*[^/]*/, ""),
    httpMethod: incoming.method,
    ...valuesOf(request.headers, "headers", "multiValueHeaders"),
    ...valuesOf(request.query, "queryStringParameters", "multiValueQueryStringParameters"),
    pathParameters: nullIfEmpty(request.pathParameters),
    stageVariables: nullIfEmpty(stage.variables),
    requestContext: requestContextOf(request),
  };
}

function valuesOf(values: MultiValues, single: string, multi: string): Record<string, unknown> {
  if (values.isEmpty) return { [single]: null, [multi]: null };
  return { [single]: { ...values.toSingleValues() }, [multi]: values.toMultiValues() };
}

function nullIfEmpty(record: Readonly<Record<string, string>>): Record<string, string> | null {
  return Object.keys(record).length === 0 ? null : { ...record };
}

const UNSEEN: ReadonlySet<string> = new Set(["authorizer", "requestOverride", "responseOverride"]);

function requestContextOf({ context }: RoutedRequest): Record<string, unknown> {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !UNSEEN.has(key)));
}

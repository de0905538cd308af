import type { RoutedRequest } from "./routing";

/** What functions are told of a request, whatever they are called for. What the request has none of is null. @param path behind the stage */
export function eventOf(request: RoutedRequest, path: string) {
  const { incoming, resource, headers, query } = request;
  return {
    resource: resource.path,
    path,
    httpMethod: incoming.method,
    headers: nullIfEmpty(headers.toSingleValues()),
    multiValueHeaders: nullIfEmpty(headers.toMultiValues()),
    queryStringParameters: nullIfEmpty(query.toSingleValues()),
    multiValueQueryStringParameters: nullIfEmpty(query.toMultiValues()),
    pathParameters: nullIfEmpty(request.pathParameters),
    stageVariables: nullIfEmpty(request.stageVariables),
    requestContext: Object.fromEntries(Object.entries(request.context).filter(([key]) => !UNSEEN.has(key))),
  };
}

const UNSEEN: ReadonlySet<string> = new Set(["authorizer", "requestOverride", "responseOverride"]);

function nullIfEmpty<Value>(values: Readonly<Record<string, Value>>): Record<string, Value> | null {
  return Object.keys(values).length === 0 ? null : { ...values };
}

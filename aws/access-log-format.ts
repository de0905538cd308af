/**
 * Fields of an access log's line, and API Gateway's variable of each. All values are texts: API Gateway prints `-` for one that
 * has none, which would be no JSON without quotes.
 *
 * The SQS message's id is not in it: API Gateway has no variable for it. `integrationRequestId` is the id that SQS gave its answer,
 * which the caller gets as `ResponseMetadata.RequestId`, and `requestId` is an attribute of the message.
 *
 * What callers choose stands first: AWS promises no escaping, and where a user agent's quote begins a field of its own, such as
 * another `status`, the true one comes after it, which is what JSON's readers mostly keep.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const FIELDS = {
  requestId: "requestId",
  userAgent: "identity.userAgent",
  xrayTraceId: "xrayTraceId",
  extendedRequestId: "extendedRequestId",
  requestTimeEpoch: "requestTimeEpoch",
  stage: "stage",
  httpMethod: "httpMethod",
  resourcePath: "resourcePath",
  status: "status",
  errorType: "error.responseType",
  responseLatency: "responseLatency",
  responseLength: "responseLength",
  integrationStatus: "integration.status",
  integrationLatency: "integration.latency",
  integrationRequestId: "integration.requestId",
  sourceIp: "identity.sourceIp",
  apiKeyId: "identity.apiKeyId",
} as const;

/** Where API Gateway knows the caller, unless a kind of authorization has it elsewhere. */
const PRINCIPAL = "authorizer.principalId";

/**
 * Format of an access log with one line of JSON a request.
 * @param principal the variable of `$context` that names the caller
 */
export function accessLogFormat(principal: string = PRINCIPAL): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries({ ...FIELDS, principal }).map(([field, variable]) => [field, `$context.${variable}`]),
    ),
  );
}

/**
 * Fields of an access log's line, and API Gateway's variable of each. All values are texts: API Gateway prints `-` for one that
 * has none, which would be no JSON without quotes.
 *
 * The SQS message's id is not in it: API Gateway has no variable for it. `integrationRequestId` is the id that SQS gave its answer,
 * which the caller gets as `ResponseMetadata.RequestId`, and `requestId` is an attribute of the message.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const FIELDS = {
  requestId: "requestId",
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
  userAgent: "identity.userAgent",
  apiKeyId: "identity.apiKeyId",
  xrayTraceId: "xrayTraceId",
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

import { REFERENCE, DEFAULT_TEMPLATE, configuredFor } from "../apigateway/gateway-responses";
import { GatewayError, type ResponseType } from "../apigateway/gateway-error";
import type { GatewayResponse, Method, Resource, RestApi } from "../terraform/stack-model";
import { type Answer, REQUEST_ID_HEADERS } from "./answer";
import { type Schema, isJson, schemaOfText } from "./schema";
import { UNKNOWN } from "./template-overrides";

/** When API Gateway itself answers, by response type. */
const CAUSES = {
  ACCESS_DENIED: "the authorizer, the caller's policies or the API's resource policy deny the request",
  API_CONFIGURATION_ERROR: "API Gateway can't serve the request as the API is configured",
  AUTHORIZER_CONFIGURATION_ERROR: "the authorizer can't be called, or its answer is none",
  AUTHORIZER_FAILURE: "the authorizer failed",
  BAD_REQUEST_BODY: "the body does not fit the schema, or is not JSON",
  BAD_REQUEST_PARAMETERS: "a required header or parameter is missing or blank",
  EXPIRED_TOKEN: "the caller's temporary credentials have expired",
  INTEGRATION_FAILURE: "the backend can't be reached",
  INTEGRATION_TIMEOUT: "the backend did not answer in time",
  INVALID_API_KEY: "the API key is missing or does not count",
  INVALID_SIGNATURE:
    "the signature is not valid; or there is no such method at this path, and the request has an `Authorization` header",
  MISSING_AUTHENTICATION_TOKEN:
    "the request is not signed; or there is no such method at this path: API Gateway's word for 404",
  QUOTA_EXCEEDED: "the usage plan's quota is used up",
  REQUEST_TOO_LARGE: "the request line and the headers, or the body once decompressed, are too large",
  THROTTLED: "API Gateway throttles the request",
  UNAUTHORIZED: "the caller's identity is missing or not valid",
  UNSUPPORTED_MEDIA_TYPE:
    "the content type is not accepted, or the `Content-Encoding` is not known or not true",
  URI_TOO_LONG: "the path is too long",
} satisfies Partial<Record<ResponseType, string>>;

type Cause = keyof typeof CAUSES;

/** Of the response types that stand for more than one error. */
const OTHER_ERROR_TYPES: Partial<Record<Cause, readonly string[]>> = {
  INVALID_SIGNATURE: ["InvalidSignatureException", "UnrecognizedClientException"],
};

/**
 * The answers that API Gateway gives to a method's callers before, instead of or after the integration.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 * Left out: what another service in front of the API answers, such as AWS WAF.
 */
export function gatewayAnswers(api: RestApi, resource: Resource, method: Method): readonly Answer[] {
  return [PAYLOAD_TOO_LARGE, ...causesOf(api, resource, method).map((cause) => gatewayAnswer(api, cause))];
}

function causesOf(api: RestApi, resource: Resource, method: Method): readonly Cause[] {
  const { authorizer, authorizationType, requestValidator, integration } = method;
  const isSigned = authorizationType === "AWS_IAM";
  const isLambda = authorizationType === "CUSTOM";
  const mapsBody = Object.values(integration.requestParameters).some((source) =>
    source.startsWith("method.request.body"),
  );
  const isAnyPath = resource.path.includes("{");
  const requires = Object.values(method.requestParameters).includes(true);
  const models = Object.keys(method.requestModels).length > 0;
  const when = (condition: boolean | undefined, ...causes: Cause[]) => (condition === true ? causes : []);
  return [
    ...when(requires && requestValidator?.validateRequestParameters, "BAD_REQUEST_PARAMETERS"),
    ...when(mapsBody || (models && requestValidator?.validateRequestBody), "BAD_REQUEST_BODY"),
    ...when(authorizer !== undefined, "UNAUTHORIZED"),
    ...when(isLambda || isSigned || api.policy !== undefined, "ACCESS_DENIED"),
    ...when(isSigned, "EXPIRED_TOKEN"),
    ...when(method.apiKeyRequired, "INVALID_API_KEY"),
    ...when(isSigned || isAnyPath, "MISSING_AUTHENTICATION_TOKEN", "INVALID_SIGNATURE"),
    ...when(isAnyPath, "URI_TOO_LONG"),
    "REQUEST_TOO_LARGE",
    "UNSUPPORTED_MEDIA_TYPE",
    "THROTTLED",
    ...when(method.apiKeyRequired && api.usagePlans.some(({ quota }) => quota), "QUOTA_EXCEEDED"),
    "API_CONFIGURATION_ERROR",
    ...when(isLambda, "AUTHORIZER_FAILURE", "AUTHORIZER_CONFIGURATION_ERROR"),
    ...when(integration.type !== "MOCK", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT"),
  ];
}

/** What a caller gets where the API has no such method: no operation has this answer, for OpenAPI has none for it. */
export function noSuchMethod(api: RestApi): readonly Answer[] {
  return [gatewayAnswer(api, "MISSING_AUTHENTICATION_TOKEN"), gatewayAnswer(api, "INVALID_SIGNATURE")];
}

/** API Gateway answers so before it knows the API: no gateway response changes it. */
const PAYLOAD_TOO_LARGE: Answer = {
  status: 413,
  when: "the body is larger than 10 MiB",
  bodies: { "text/plain": { type: "string" } },
  headers: {},
};

function gatewayAnswer(api: RestApi, cause: Cause): Answer {
  const error = new GatewayError(cause);
  const { status, errorType } = error.usual;
  const custom = configuredFor(error, new Map(Object.entries(api.gatewayResponses)));
  return {
    status: Number(custom?.statusCode ?? status),
    when: `\`${cause}\`: ${CAUSES[cause]}`,
    bodies: custom === undefined ? usualBody(error) : configuredBodies(custom, error),
    headers: {
      ...REQUEST_ID_HEADERS,
      "x-amzn-ErrorType": { type: "string", enum: [errorType, ...(OTHER_ERROR_TYPES[cause] ?? [])] },
      ...(custom && configuredHeaders(custom)),
    },
  };
}

function usualBody({ usual: { opening }, text }: GatewayError): Answer["bodies"] {
  return {
    "application/json": schemaOfText(`${opening}${text === null ? "null" : `"${UNKNOWN}"`}}`, JSON_TYPE),
  };
}

const JSON_TYPE = "application/json";

function configuredBodies({ responseTemplates }: GatewayResponse, error: GatewayError): Answer["bodies"] {
  const templates = Object.entries(responseTemplates);
  return Object.fromEntries(
    (templates.length === 0 ? [DEFAULT_TEMPLATE] : templates).map(([mediaType, template]) => [
      mediaType,
      bodySchema(template, mediaType, error),
    ]),
  );
}

function bodySchema(template: string, mediaType: string, { responseType, text }: GatewayError): Schema {
  const messageString = text === null ? "null" : isJson(mediaType) ? `"${UNKNOWN}"` : UNKNOWN;
  const known: Readonly<Record<string, string>> = {
    "context.error.responseType": responseType,
    "context.error.messageString": messageString,
  };
  const filled = template.replaceAll(
    REFERENCE,
    (_, braced?: string, plain?: string) => known[braced ?? plain ?? ""] ?? UNKNOWN,
  );
  return schemaOfText(filled, mediaType);
}

function configuredHeaders({ responseParameters }: GatewayResponse): Answer["headers"] {
  return Object.fromEntries(
    Object.entries(responseParameters).map(([key, expression]) => [
      key.replace(/^gatewayresponse\.header\./, ""),
      headerSchema(expression),
    ]),
  );
}

/** Of a mapping expression: a text in quotes is the header's only value. */
export function headerSchema(expression: string): Schema {
  const value = /^'(.*)'$/s.exec(expression)?.[1];
  return value === undefined ? { type: "string" } : { type: "string", enum: [value] };
}

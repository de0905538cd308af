import type { GatewayResponse, RestApi } from "../terraform/stack-model";
import { atAddress } from "./at-address";
import { GatewayError, type ResponseType } from "./gateway-error";
import type { HeaderList, OutgoingResponse } from "./http-message";
import { mediaType } from "./media-type";
import { type ParameterScope, type ParameterSource, parameterSource } from "./parameter-source";
import { requireValidHeader } from "./response-header";

/** What a gateway response can refer to: the request as far as it got. */
export interface ErrorScope extends ParameterScope {
  readonly context: ParameterScope["context"] & {
    readonly requestId: string;
    readonly extendedRequestId: string;
  };
}

/** Turns an error into the caller's answer. */
export type AnswerGatewayError = (error: GatewayError, scope: ErrorScope) => OutgoingResponse;

/**
 * Gateway responses: the API's own where it has one for the response type (or `DEFAULT_4XX` / `DEFAULT_5XX`), else API
 * Gateway's. Its wordings, capital letters and spaces included, are those seen on AWS.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 * @throws SyntaxError for a mapping expression that API Gateway does not have.
 */
export function prepareGatewayResponses(api: Pick<RestApi, "gatewayResponses">): AnswerGatewayError {
  const prepared = new Map(
    Object.entries(api.gatewayResponses).map(([type, response]) => [
      type,
      atAddress(response.address, () => prepareResponse(response)),
    ]),
  );
  return (error, scope) => {
    const { status, errorType } = DEFAULTS[error.responseType];
    const fallback = prepared.get(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
    const custom =
      prepared.get(error.responseType) ?? (isCustomizable(error.responseType) ? fallback : undefined);
    const headers: HeaderList = [
      ["x-amzn-RequestId", scope.context.requestId],
      ["x-amz-apigw-id", scope.context.extendedRequestId],
      ["x-amzn-ErrorType", errorType],
    ];
    const { contentType, body } =
      custom === undefined
        ? { contentType: "application/json", body: defaultBody(error) }
        : customBody(custom, error, scope);
    headers.push(["Content-Type", contentType]);
    if (custom !== undefined) addHeaders(headers, custom, scope);
    return { status: custom?.statusCode ?? status, headers, body };
  };
}

interface ErrorDefaults {
  readonly status: number;
  readonly errorType: string;
  /** `message` is spelled `Message` in the answers that IAM words. */
  readonly key?: "Message";
  /** Errors from request validation on have a space behind the colon. */
  readonly spaced?: true;
}

const DEFAULTS: Readonly<Record<ResponseType, ErrorDefaults>> = {
  ACCESS_DENIED: { status: 403, errorType: "AccessDeniedException", key: "Message" },
  API_CONFIGURATION_ERROR: { status: 500, errorType: "InternalServerErrorException", spaced: true },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, errorType: "AuthorizerConfigurationException" },
  AUTHORIZER_FAILURE: { status: 500, errorType: "AuthorizerConfigurationException" },
  BAD_REQUEST_BODY: { status: 400, errorType: "BadRequestException", spaced: true },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: "BadRequestException", spaced: true },
  INTEGRATION_FAILURE: { status: 504, errorType: "InternalServerErrorException", spaced: true },
  INTEGRATION_TIMEOUT: { status: 504, errorType: "InternalServerErrorException", spaced: true },
  INVALID_API_KEY: { status: 403, errorType: "ForbiddenException" },
  INVALID_SIGNATURE: { status: 403, errorType: "IncompleteSignatureException" },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, errorType: "MissingAuthenticationTokenException" },
  QUOTA_EXCEEDED: { status: 429, errorType: "LimitExceededException" },
  REQUEST_TOO_LARGE: { status: 413, errorType: "RequestTooLargeException" },
  THROTTLED: { status: 429, errorType: "TooManyRequestsException" },
  UNAUTHORIZED: { status: 401, errorType: "UnauthorizedException" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: "BadRequestException", spaced: true },
  UNKNOWN_STAGE: { status: 403, errorType: "ForbiddenException" },
  URI_TOO_LONG: { status: 414, errorType: "RequestUriTooLongException" },
};

function isCustomizable(type: ResponseType): boolean {
  return type !== "UNKNOWN_STAGE" && type !== "URI_TOO_LONG";
}

function defaultBody(error: GatewayError): string {
  const { key = "message", spaced } = DEFAULTS[error.responseType];
  return `{"${key}":${spaced === true ? " " : ""}${JSON.stringify(error.text)}}`;
}

interface PreparedGatewayResponse {
  readonly statusCode: number | undefined;
  readonly headers: readonly { readonly name: string; readonly read: ParameterSource }[];
  readonly templates: ReadonlyMap<string, string>;
}

const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

function prepareResponse(response: GatewayResponse): PreparedGatewayResponse {
  const templates = Object.entries(response.responseTemplates);
  return {
    statusCode: response.statusCode === undefined ? undefined : Number(response.statusCode),
    headers: Object.entries(response.responseParameters).map(([key, expression]) => ({
      name: key.replace(/^gatewayresponse\.header\./, ""),
      read: parameterSource(expression),
    })),
    templates: new Map(templates.length > 0 ? templates : [["application/json", DEFAULT_TEMPLATE]]),
  };
}

function customBody(
  custom: PreparedGatewayResponse,
  error: GatewayError,
  scope: ErrorScope,
): { contentType: string; body: string } {
  const accept = mediaType(scope.headers.lastIgnoringCase("accept"));
  const [first = ["application/json", DEFAULT_TEMPLATE] as const] = custom.templates;
  const chosen = custom.templates.get(accept);
  const [contentType, template] = chosen === undefined ? first : [accept, chosen];
  return { contentType, body: substitute(template, errorContext(error, scope)) };
}

function errorContext(error: GatewayError, scope: ErrorScope): ErrorScope {
  const details = {
    message: error.text,
    messageString: JSON.stringify(error.text),
    responseType: error.responseType,
    validationErrorString: error.validationErrors ?? "",
  };
  const { headers, query, pathParameters, stageVariables, body, context } = scope;
  return { headers, query, pathParameters, stageVariables, body, context: { ...context, error: details } };
}

const REFERENCE =
  /\$(?:\{((?:context|stageVariables|method\.request)\.[\w.-]+)\}|((?:context|stageVariables|method\.request)(?:\.[\w-]+)+))/g;

/** Gateway responses know simple references only, no directives and no `$input` or `$util`. */
function substitute(template: string, scope: ErrorScope): string {
  return template.replaceAll(REFERENCE, (_, braced?: string, plain?: string) => {
    const value = parameterSource(braced ?? plain ?? "")(scope);
    return typeof value === "string" ? value : (value?.join(",") ?? "");
  });
}

function addHeaders(headers: HeaderList, custom: PreparedGatewayResponse, scope: ErrorScope): void {
  for (const { name, read } of custom.headers) {
    const value = read(scope);
    if (value === undefined) continue;
    const text = typeof value === "string" ? value : value.join(",");
    requireValidHeader(name, text);
    const existing = headers.findIndex(([key]) => key.toLowerCase() === name.toLowerCase());
    if (existing === -1) headers.push([name, text]);
    else headers[existing] = [name, text];
  }
}

import type { GatewayResponse, RestApi } from "../terraform/stack-model";
import { type GatewayError, type ResponseType, atAddress } from "./gateway-error";
import { type HeaderMapping, type MappingScope, headerMappings, parameterMapping } from "./parameter-mapping";
import { mediaType } from "./payload";
import { type HeaderList, type OutgoingResponse, requireValidHeader } from "./response";

/** What a gateway response can refer to: the request as far as it got. */
interface GatewayResponseScope extends MappingScope {
  readonly context: { readonly requestId: string; readonly extendedRequestId: string };
}

/** Turns an error into the caller's answer. */
export type RespondToError = (error: GatewayError, scope: GatewayResponseScope) => OutgoingResponse;

/**
 * Gateway responses: the API's own where it has one for the response type (or `DEFAULT_4XX` / `DEFAULT_5XX`), else API
 * Gateway's.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 * @throws SyntaxError for a mapping expression that API Gateway does not have.
 */
export function prepareGatewayResponses(api: Pick<RestApi, "gatewayResponses">): RespondToError {
  const prepared = new Map(
    Object.entries(api.gatewayResponses).map(([type, response]) => [
      type,
      atAddress(response.address, () => prepareResponse(response)),
    ]),
  );
  return (error, scope) => {
    const { status, opening } = error.usual;
    const custom = configuredFor(error, prepared);
    const headers: HeaderList = [
      ["x-amzn-RequestId", scope.context.requestId],
      ["x-amz-apigw-id", scope.context.extendedRequestId],
      ["x-amzn-ErrorType", error.errorType],
    ];
    if (custom === undefined) {
      headers.push(["Content-Type", "application/json"]);
      return { status, headers, body: `${opening}${JSON.stringify(error.text)}}` };
    }
    const [contentType, template] = chooseTemplate(custom.templates, scope);
    const body = substitute(template, withError(scope, error));
    headers.push(["Content-Type", contentType]);
    addHeaders(headers, custom.headers, scope);
    return { status: custom.statusCode ?? status, headers, body };
  };
}

/** What an API has configured for an error, by response type; undefined where API Gateway's own answer stays. */
export function configuredFor<Response>(
  { responseType, usual }: Pick<GatewayError, "responseType" | "usual">,
  configured: ReadonlyMap<string, Response>,
): Response | undefined {
  const fallback = configured.get(usual.status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
  return configured.get(responseType) ?? (isCustomizable(responseType) ? fallback : undefined);
}

function isCustomizable(type: ResponseType): boolean {
  return type !== "ENDPOINT_DISABLED" && type !== "UNKNOWN_STAGE" && type !== "URI_TOO_LONG";
}

/** Media type and template of a gateway response that has none of its own. */
export const DEFAULT_TEMPLATE = ["application/json", '{"message":$context.error.messageString}'] as const;

function prepareResponse(response: GatewayResponse) {
  const templates = Object.entries(response.responseTemplates);
  return {
    statusCode: response.statusCode === undefined ? undefined : Number(response.statusCode),
    headers: headerMappings(response.responseParameters),
    templates: new Map(templates.length > 0 ? templates : [DEFAULT_TEMPLATE]),
  };
}

/** A content type and its template. No template for what the caller accepts: the first one. */
function chooseTemplate(
  templates: ReadonlyMap<string, string>,
  { headers }: MappingScope,
): readonly [string, string] {
  const accept = mediaType(headers.lastIgnoringCase("accept"));
  const accepted = templates.get(accept);
  if (accepted !== undefined) return [accept, accepted];
  const [first = DEFAULT_TEMPLATE] = templates;
  return first;
}

/** `$context.error` is there for the templates only. */
function withError(scope: MappingScope, error: GatewayError): MappingScope {
  const { headers, query, pathParameters, stageVariables, body, context } = scope;
  const details = errorVariables(error);
  return { headers, query, pathParameters, stageVariables, body, context: { ...context, error: details } };
}

/** `$context.error`. */
export function errorVariables({ text, responseType, validationErrors }: GatewayError) {
  return {
    message: text,
    messageString: JSON.stringify(text),
    responseType,
    validationErrorString: validationErrors ?? "",
  };
}

/** What a gateway response's template refers to: braced, or plain. */
export const REFERENCE =
  /\$(?:\{((?:context|stageVariables|method\.request)\.[\w.-]+)\}|((?:context|stageVariables|method\.request)(?:\.[\w-]+)+))/g;

/** Gateway responses know simple references only, no directives and no `$input` or `$util`. */
function substitute(template: string, scope: MappingScope): string {
  return template.replaceAll(
    REFERENCE,
    (_, braced?: string, plain?: string) => parameterMapping(braced ?? plain ?? "")(scope)?.toString() ?? "",
  );
}

function addHeaders(headers: HeaderList, mappings: readonly HeaderMapping[], scope: MappingScope): void {
  for (const { name, read } of mappings) {
    const text = read(scope)?.toString();
    if (text === undefined) continue;
    requireValidHeader(name, text);
    const existing = headers.findIndex(([key]) => key.toLowerCase() === name.toLowerCase());
    if (existing === -1) headers.push([name, text]);
    else headers[existing] = [name, text];
  }
}

import { JavaRegex } from "../../aws/java-pattern/java-regex";
import type { Integration, IntegrationResponse, Method, RestApi } from "../terraform/stack-model";
import { internalServerError } from "./gateway-error";
import type { IntegrationRequest } from "./integration-request";
import { MultiValues, NO_VALUES } from "./multi-values";
import { type HeaderMapping, headerMappings } from "./parameter-mapping";
import { type BinaryTest, binaryTest, decodeBase64, mediaType } from "./payload";
import { type HeaderList, type OutgoingResponse, requireValidHeader, responseHeaderName } from "./response";
import type { RoutedRequest } from "./routing";
import { prepareTemplates, type Templates, templateScope, type Warn } from "./template/prepare-templates";

/** What an integration's endpoint answered. */
export interface EndpointResponse {
  readonly status: number;
  /** What selection patterns are matched with, where that is not the status: a Lambda function's error message. */
  readonly selectionValue?: string;
  readonly headers: HeaderList;
  readonly body: string | Buffer;
  /** What was sent over the wire, for traces. */
  readonly sent?: unknown;
}

/**
 * Calls an integration's endpoint: SQS, or none for a MOCK.
 * @throws GatewayError when there is no answer, or not in time.
 */
export type CallIntegration = (request: IntegrationRequest) => Promise<EndpointResponse> | EndpointResponse;

/** Turns the endpoint's answer into the caller's. */
export type MapResponse = (response: EndpointResponse, request: RoutedRequest) => OutgoingResponse;

/**
 * The integration response: selected by pattern, content handling, parameter mapping, template by the caller's
 * `Accept`, overrides. `Content-Type` is the method response's unless mapped; no other header of the endpoint reaches the caller unmapped.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 * @throws JavaPatternError for a selection pattern that is not a regular expression, SyntaxError for an unknown mapping expression.
 */
export function prepareIntegrationResponse(api: RestApi, method: Method, warn: Warn): MapResponse {
  const candidates = prepareResponses(method.integration, warn);
  const declaredTypes = new Map(
    Object.entries(method.methodResponses).map(([code, { responseModels }]) => [
      code,
      Object.keys(responseModels),
    ]),
  );
  const isBinary = binaryTest(api.binaryMediaTypes);
  const isTraced = method.integration.type === "AWS";
  return (response, request) => {
    const selected = select(candidates, response.selectionValue ?? String(response.status));
    const declared = declaredTypes.get(selected.statusCode);
    if (declared === undefined) throw internalServerError();
    const accept = mediaType(request.sentHeaders.lastIgnoringCase("accept"));
    const payload = convertPayload(response, isBinary, accept, selected.contentHandling);
    const headers = mapHeaders(selected, response, payload, request);
    const body = renderBody(selected.templates, accept, payload, request);
    return {
      status: overriddenStatus(request.context.responseOverride.status) ?? Number(selected.statusCode),
      headers: [
        ...usualHeaders(request, isTraced),
        ...sentHeaders(headers, request, contentType(declared, accept)),
      ],
      body,
    };
  };
}

interface PreparedResponse {
  readonly statusCode: string;
  readonly pattern?: JavaRegex;
  readonly contentHandling: IntegrationResponse["contentHandling"];
  readonly headers: readonly HeaderMapping[];
  readonly templates: Templates;
}

/** In the order of their status codes: the first pattern that matches wins. */
function prepareResponses(integration: Integration, warn: Warn): PreparedResponse[] {
  return [...integration.responses]
    .sort((a, b) => Number(a.statusCode) - Number(b.statusCode))
    .map((response) => ({
      statusCode: response.statusCode,
      ...(response.selectionPattern && { pattern: JavaRegex.compile(response.selectionPattern) }),
      contentHandling: response.contentHandling,
      headers: headerMappings(response.responseParameters),
      templates: prepareTemplates(response.responseTemplates, `${response.address}.response_templates`, warn),
    }));
}

function select(candidates: readonly PreparedResponse[], value: string): PreparedResponse {
  const selected =
    candidates.find(({ pattern }) => pattern?.matches(value)) ??
    candidates.find(({ pattern }) => pattern === undefined);
  if (selected === undefined) throw internalServerError();
  return selected;
}

function convertPayload(
  response: EndpointResponse,
  isBinary: BinaryTest,
  accept: string,
  contentHandling: IntegrationResponse["contentHandling"],
): string | Buffer {
  const contentType = response.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  const toBinary = contentHandling === undefined ? isBinary(accept) : contentHandling === "CONVERT_TO_BINARY";
  if (isBinary(mediaType(contentType))) {
    const bytes = typeof response.body === "string" ? Buffer.from(response.body, "utf8") : response.body;
    return toBinary ? bytes : bytes.toString("base64");
  }
  const text = response.body.toString();
  return toBinary && contentType !== undefined ? decodeBase64(text) : text;
}

function mapHeaders(
  selected: PreparedResponse,
  response: EndpointResponse,
  payload: string | Buffer,
  request: RoutedRequest,
): Map<string, readonly string[]> {
  const headers = new Map<string, readonly string[]>();
  if (selected.headers.length > 0) {
    const scope = {
      headers: new MultiValues(response.headers.flat()),
      query: NO_VALUES,
      pathParameters: {},
      context: request.context,
      stageVariables: request.stageVariables,
      body: payload.toString(),
    };
    for (const { name, read } of selected.headers) {
      const value = read(scope);
      if (value !== undefined) headers.set(name, typeof value === "string" ? [value] : value);
    }
  }
  return headers;
}

/** No template for what the caller accepts: the first one. An empty template, or none at all: the payload as it is. */
function renderBody(
  templates: Templates,
  accept: string,
  payload: string | Buffer,
  request: RoutedRequest,
): string | Buffer {
  const [first] = templates.keys();
  const template = templates.get(templates.has(accept) || first === undefined ? accept : first);
  if (template === undefined) return payload;
  if (typeof payload !== "string") throw internalServerError();
  return template(templateScope(request, payload));
}

/** Among several models the one that the caller accepts counts, or the first: how AWS chooses has no recording. */
function contentType(declared: readonly string[], accept: string): string {
  return declared.find((type) => type.toLowerCase() === accept) ?? declared[0] ?? "application/json";
}

function overriddenStatus(status: unknown): number | undefined {
  if (status === undefined || status === null || status === "") return undefined;
  const number = Number(status);
  return Number.isInteger(number) && number >= 100 && number <= 599 ? number : undefined;
}

function headerText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}

/** Recorded on AWS: answers of MOCK integrations carry no trace, those of type AWS do. */
export function usualHeaders(request: RoutedRequest, isTraced: boolean): HeaderList {
  return [
    ...(isTraced ? ([["X-Amzn-Trace-Id", request.traceId]] as const) : []),
    ["x-amzn-RequestId", request.context.requestId],
    ["x-amz-apigw-id", request.context.extendedRequestId],
  ];
}

/** A header that the template set beats one that was mapped. */
function sentHeaders(
  mapped: Map<string, readonly string[]>,
  request: RoutedRequest,
  usualType: string,
): HeaderList {
  const overrides = request.context.responseOverride.header;
  for (const name in overrides) {
    const value = overrides[name];
    for (const key of mapped.keys()) if (key.toLowerCase() === name.toLowerCase()) mapped.delete(key);
    mapped.set(name, Array.isArray(value) ? value.map(headerText) : [headerText(value)]);
  }
  const headers: HeaderList = [];
  let typed = false;
  for (const [name, values] of mapped) {
    const sentName = responseHeaderName(name);
    if (sentName === undefined) continue;
    if (name.toLowerCase() === "content-type") typed = true;
    for (const value of values) {
      requireValidHeader(sentName, value);
      headers.push([sentName, value]);
    }
  }
  if (!typed) headers.push(["Content-Type", usualType]);
  return headers;
}

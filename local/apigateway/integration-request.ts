import { asPathValues, s3Target } from "../terraform/s3-target";
import { fillUri } from "../terraform/sqs-target";
import type { Integration, RestApi } from "../terraform/stack-model";
import { GatewayError, internalServerError } from "./gateway-error";
import { type MappedValue, type ParameterMapping, parameterMapping } from "./parameter-mapping";
import { binaryTest, decodeBase64, mediaType } from "./payload";
import type { RoutedRequest } from "./routing";
import { prepareTemplates, type Templates, templateScope, type Warn } from "./template/prepare-templates";

/** What an integration sends to its endpoint. */
export interface IntegrationRequest {
  /** With its `{placeholders}` filled in. */
  readonly uri: string;
  readonly httpMethod: string;
  readonly headers: MappedValues;
  readonly query: MappedValues;
  readonly body: string | Buffer;
  readonly timeoutInMillis: number;
}

type MappedValues = Readonly<Record<string, MappedValue>>;

/** Turns the caller's request into the one that the endpoint is sent. */
export type MapRequest = (request: RoutedRequest) => IntegrationRequest;

/**
 * The integration request: content handling, template by content type or passthrough, parameter mapping, overrides.
 * The endpoint sees no header of the caller but `Content-Type`, unless one is mapped.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 * Left out: the 5XX for a parameter that is overridden twice.
 * @throws SyntaxError for a mapping expression that API Gateway does not have.
 */
export function prepareIntegrationRequest(api: RestApi, integration: Integration, warn: Warn): MapRequest {
  const templates = prepareTemplates(
    integration.requestTemplates,
    `${integration.address}.request_templates`,
    warn,
    "REQUEST_TOO_LARGE",
  );
  const isBinary = binaryTest(api.binaryMediaTypes);
  const parameters = prepareParameters(integration);
  const refused = integration.type === "AWS" ? REFUSED_BY_AWS : REFUSED_BY_ALL;
  const userAgent = `AmazonAPIGateway_${api.id}`;
  const isOfS3 = s3Target(integration.uri) !== undefined;

  return (request) => {
    const type = mediaType(request.contentType);
    const payload = convertPayload(request, isBinary(type), integration.contentHandling);
    const mapped = { header: noValues(), path: noValues(), querystring: noValues() };
    for (const { place, name, read } of parameters) {
      const value = read(request);
      if (value !== undefined) mapped[place][name] = value;
    }
    const body = renderBody(templates, integration, type, payload, request);
    applyOverrides(mapped, request);
    return {
      uri: fillUri(integration.uri, isOfS3 ? asPathValues(mapped.path) : mapped.path, request.stageVariables),
      // Recorded on AWS.
      httpMethod: integration.httpMethod === "ANY" ? request.incoming.method : integration.httpMethod,
      headers: integrationHeaders(mapped.header, request, body, userAgent, refused),
      query: mapped.querystring,
      body,
      timeoutInMillis: integration.timeoutInMillis,
    };
  };
}

const PLACES = ["header", "path", "querystring"] as const;
type Place = (typeof PLACES)[number];

interface MappedParameter {
  readonly place: Place;
  readonly name: string;
  readonly read: ParameterMapping;
}

/** Names that API Gateway refuses to map for any integration, and for AWS integrations in addition. */
const REFUSED_BY_ALL: ReadonlySet<string> = new Set(["content-length", "transfer-encoding"]);
const REFUSED_BY_AWS: ReadonlySet<string> = new Set([
  ...REFUSED_BY_ALL,
  "authorization",
  "connection",
  "expect",
  "proxy-authenticate",
  "te",
]);

function prepareParameters(integration: Integration): MappedParameter[] {
  return Object.entries(integration.requestParameters).map(([key, expression]) => {
    const [, kind, name] = /^integration\.request\.(\w+)\.(.+)$/.exec(key) ?? [];
    const place = PLACES.find((one) => one === kind);
    if (place === undefined || name === undefined) {
      throw new SyntaxError(`"${key}" is not a request parameter`);
    }
    return { place, name, read: parameterMapping(expression) };
  });
}

/** Text is UTF-8; binary stays as it is; `contentHandling` turns one into the other by base64. */
function convertPayload(
  request: RoutedRequest,
  binary: boolean,
  contentHandling: Integration["contentHandling"],
): string | Buffer {
  if (binary) {
    const { body } = request.incoming;
    return contentHandling === "CONVERT_TO_TEXT" ? body.toString("base64") : body;
  }
  return contentHandling === "CONVERT_TO_BINARY" ? decodeBase64(request.body) : request.body;
}

function renderBody(
  templates: Templates,
  integration: Integration,
  type: string,
  payload: string | Buffer,
  request: RoutedRequest,
): string | Buffer {
  const chosen = [type, "$default"].find((key) => templates.has(key));
  if (chosen !== undefined) {
    const template = templates.get(chosen);
    if (template === undefined) return payload;
    if (typeof payload !== "string") throw internalServerError();
    return template(templateScope(request, payload));
  }
  const { passthroughBehavior } = integration;
  const refused =
    passthroughBehavior === "NEVER" || (passthroughBehavior === "WHEN_NO_TEMPLATES" && templates.size > 0);
  if (refused) throw new GatewayError("UNSUPPORTED_MEDIA_TYPE");
  return payload;
}

function applyOverrides(mapped: Record<Place, Values>, request: RoutedRequest): void {
  const overrides = request.context.requestOverride;
  for (const place of PLACES) {
    for (const name in overrides[place]) {
      const value = overrideValue(overrides[place][name]);
      if (place === "header") deleteIgnoringCase(mapped.header, name);
      mapped[place][name] = value;
    }
  }
}

function overrideValue(value: unknown): MappedValue {
  if (Array.isArray(value)) return value.map((item) => String(item));
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}

function integrationHeaders(
  mapped: MappedValues,
  request: RoutedRequest,
  body: string | Buffer,
  userAgent: string,
  refused: ReadonlySet<string>,
): MappedValues {
  const headers = noValues();
  headers.Accept = "application/json";
  headers["User-Agent"] = userAgent;
  if (body.length > 0) headers["Content-Type"] = request.contentType ?? "application/json";
  for (const name in mapped) {
    if (refused.has(name.toLowerCase())) throw internalServerError();
    deleteIgnoringCase(headers, name);
    headers[name] = mapped[name] ?? "";
  }
  return headers;
}

type Values = Record<string, MappedValue>;

function deleteIgnoringCase(headers: Values, name: string): void {
  const wanted = name.toLowerCase();
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a dictionary of at most a dozen headers
  for (const key in headers) if (key.toLowerCase() === wanted) delete headers[key];
}

function noValues(): Values {
  return Object.create(null) as Values;
}

/** Headers of which each has one value, as AWS's services read them. */
export function singleValues(headers: IntegrationRequest["headers"]): Record<string, string> {
  const single: Record<string, string> = {};
  for (const name in headers) single[name] = headers[name]?.toString() ?? "";
  return single;
}

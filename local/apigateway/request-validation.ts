import type { ValidateFunction } from "ajv";
import { draft4Compiler } from "../../aws/draft-4";
import type { Method, RestApi } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import { mediaType } from "./payload";
import type { RoutedRequest } from "./routing";

/** Throws when the request lacks a required parameter or its payload does not fit its model. */
type ValidateRequest = (request: RoutedRequest) => void;

/**
 * Request validation: parameters first, then the payload by the model of its content type. A blank parameter counts as
 * missing, an empty payload as `{}`; a content type without a model is not validated.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function prepareValidation(api: RestApi, method: Method): ValidateRequest {
  const { requestValidator } = method;
  const required = requestValidator?.validateRequestParameters === true ? requiredParameters(method) : [];
  const models: Models =
    requestValidator?.validateRequestBody === true ? prepareModels(api, method.requestModels) : new Map();
  return (request) => {
    if (required.length > 0) checkParameters(required, request);
    if (models.size > 0) checkBody(models, request);
  };
}

interface RequiredParameter {
  readonly name: string;
  readonly read: (request: RoutedRequest) => string | undefined;
}

/** In the order of AWS's message: by the whole key, so header, path, querystring. */
function requiredParameters(method: Method): RequiredParameter[] {
  return Object.entries(method.requestParameters)
    .filter(([, isRequired]) => isRequired)
    .map(([key]) => key)
    .sort()
    .flatMap((key) => {
      const [, place, name] = /^method\.request\.(header|path|querystring)\.(.+)$/.exec(key) ?? [];
      if (place === undefined || name === undefined) return [];
      return [{ name, read: (request: RoutedRequest) => readParameter(request, place, name) }];
    });
}

function readParameter(request: RoutedRequest, place: string, name: string): string | undefined {
  if (place === "header") return request.headers.lastIgnoringCase(name);
  return place === "path" ? request.pathParameters[name] : request.query.last(name);
}

function checkParameters(required: readonly RequiredParameter[], request: RoutedRequest): void {
  const missing = required.filter(({ read }) => (read(request) ?? "").trim() === "");
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(", ");
  throw new GatewayError("BAD_REQUEST_PARAMETERS", `Missing required request parameters: [${names}]`);
}

/** What checks a payload, by lower-case MIME type. */
type Models = ReadonlyMap<string, ValidateFunction>;

/**
 * Compiles the models of a method, JSON Schema draft 4. `$ref` to another model of the API is
 * `https://apigateway.amazonaws.com/restapis/<id>/models/<name>`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 * @throws Error for a model that is not a JSON Schema, or does not exist.
 */
function prepareModels(api: RestApi, requestModels: Method["requestModels"]): Models {
  if (Object.keys(requestModels).length === 0) return new Map();
  const ajv = draft4Compiler({
    strict: false,
    allErrors: true,
    validateFormats: false,
    // Patterns are ECMA-262 without its flag u: they may escape what need not be escaped.
    unicodeRegExp: false,
    logger: false,
  });
  const url = (name: string) => `https://apigateway.amazonaws.com/restapis/${api.id}/models/${name}`;
  for (const [name, schema] of Object.entries(api.models)) ajv.addSchema(readSchema(schema), url(name));
  return new Map(
    Object.entries(requestModels).map(([type, name]) => {
      const validator = ajv.getSchema(url(name));
      if (validator === undefined) throw new Error(`the model "${name}" does not exist`);
      return [type.toLowerCase(), validator];
    }),
  );
}

/** The dialect is draft 4, whatever the schema says, and two models may have the same id. */
function readSchema(text: string): object {
  return { ...(JSON.parse(text) as object), $schema: undefined, id: undefined };
}

function checkBody(models: Models, request: RoutedRequest): void {
  const validate = models.get(mediaType(request.contentType));
  if (validate === undefined) return;
  let body: unknown;
  try {
    body = JSON.parse(request.body === "" ? "{}" : request.body);
  } catch {
    throw invalidBody("[Unable to parse the request body]");
  }
  if (validate(body)) return;
  const faults = (validate.errors ?? []).map((error) =>
    `${error.instancePath} ${error.message ?? ""}`.trim(),
  );
  throw invalidBody(`[${faults.join(", ")}]`);
}

function invalidBody(validationErrors: string): GatewayError {
  return new GatewayError("BAD_REQUEST_BODY", undefined, { validationErrors });
}

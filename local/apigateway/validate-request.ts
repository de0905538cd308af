import type { ErrorObject } from "ajv";
import type { Method, RestApi } from "../terraform/stack-model";
import { type BodyValidator, prepareModels } from "./model-validator";
import { GatewayError } from "./gateway-error";
import { mediaType } from "./media-type";
import type { RoutedRequest } from "./routed-request";

/** Throws when the request lacks a required parameter or its payload does not fit its model. */
export type ValidateRequest = (request: RoutedRequest) => void;

/**
 * Request validation: parameters first, then the payload by the model of its content type. A blank parameter counts as
 * missing, an empty payload as `{}`; a content type without a model is not validated.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function prepareValidation(api: RestApi, method: Method): ValidateRequest {
  const { requestValidator } = method;
  const required = requestValidator?.validateRequestParameters === true ? requiredParameters(method) : [];
  const models =
    requestValidator?.validateRequestBody === true
      ? prepareModels(api, method.requestModels)
      : new Map<string, BodyValidator>();
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

function checkBody(models: ReadonlyMap<string, BodyValidator>, request: RoutedRequest): void {
  const validate = models.get(mediaType(request.contentType));
  if (validate === undefined) return;
  let body: unknown;
  try {
    body = JSON.parse(request.body === "" ? "{}" : request.body);
  } catch {
    throw new GatewayError("BAD_REQUEST_BODY", undefined, {
      validationErrors: "[Unable to parse the request body]",
    });
  }
  if (validate(body)) return;
  throw new GatewayError("BAD_REQUEST_BODY", undefined, {
    validationErrors: describe(validate.errors ?? []),
  });
}

function describe(errors: readonly ErrorObject[]): string {
  return `[${errors.map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`.trim()).join(", ")}]`;
}

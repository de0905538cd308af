import { type ObjectValue, isObject } from "../expression/value";
import type { TerraformResource } from "../terraform-resource";
import { importIntegration } from "./imported-integration";
import type { ImportedModels } from "./imported-models";
import { type ImportedApi, importedPart } from "./imported-part";
import type { ImportedSecurity } from "./imported-security";
import type { ImportedValidators } from "./imported-validators";
import { field } from "./openapi-document";

/** Fields of a path that are operations; API Gateway has no TRACE. */
export const VERBS: Readonly<Record<string, string>> = {
  get: "GET",
  put: "PUT",
  post: "POST",
  delete: "DELETE",
  options: "OPTIONS",
  head: "HEAD",
  patch: "PATCH",
  "x-amazon-apigateway-any-method": "ANY",
};

/** An operation of a path, and where it is. */
export interface Operation {
  /** Of the method: `aws_api_gateway_rest_api.Api.body["POST /sqs"]`. */
  readonly address: string;
  readonly verb: string;
  readonly path: string;
  readonly resourceId: string;
  readonly fields: ObjectValue;
  /** Those of the path, and its own. */
  readonly parameters: readonly ObjectValue[];
}

/** What operations refer to. */
export interface Shared {
  readonly api: ImportedApi;
  readonly models: ImportedModels;
  readonly security: ImportedSecurity;
  readonly validators: ImportedValidators;
}

/** The operations of a path, each with the parameters that hold for it. */
export function operationsOf(
  { document }: ImportedApi,
  written: unknown,
  path: string,
  resourceId: string,
): Operation[] {
  const item = document.object(written, `${document.address}[${JSON.stringify(path)}]`);
  return Object.entries(VERBS).flatMap(([name, verb]) => {
    const operation = field(item, name);
    if (operation === undefined) return [];
    const address = `${document.address}[${JSON.stringify(`${verb} ${path}`)}]`;
    const fields = document.object(operation, address);
    const list = (from: ObjectValue) =>
      document
        .list(field(from, "parameters"), `${address}.parameters`)
        .map((parameter, index) => document.object(parameter, `${address}.parameters[${index}]`));
    const own = list(fields);
    const inherited = list(item).filter(
      (one) => !own.some((other) => other.in === one.in && other.name === one.name),
    );
    return { address, verb, path, resourceId, fields, parameters: [...inherited, ...own] };
  });
}

/** The method of an operation with its responses and integration. */
export function importOperation(operation: Operation, shared: Shared): TerraformResource[] {
  const { address, verb, resourceId, fields } = operation;
  const { api, models, security, validators } = shared;
  const method = { rest_api_id: api.id, resource_id: resourceId, http_method: verb };
  return [
    importedPart(address, "aws_api_gateway_method", {
      ...method,
      ...security.ofOperation(fields, address),
      operation_name: fields.operationId,
      request_parameters: requestParameters(operation),
      request_models: requestModels(operation, shared),
      request_validator_id: validators.ofOperation(fields, address),
    }),
    ...importResponses(operation, models, api, method),
    ...importIntegration(api.document, fields, address, method),
  ];
}

const LOCATIONS: Readonly<Record<string, string>> = { query: "querystring", header: "header", path: "path" };

/**
 * Parameters by API Gateway's names, with those of the path, which AWS declares by itself. That it does so for each variable
 * of a path, greedy ones too, is not recorded: of a path with one variable it is.
 */
function requestParameters({ parameters, path }: Operation): Readonly<Record<string, boolean>> {
  const variables = Array.from(path.matchAll(/\{([^{}/]+?)\+?\}/g), ([, name = ""]) => name);
  const declared = parameters.flatMap(({ in: location, name, required }): [string, boolean][] => {
    const known = typeof location === "string" && Object.hasOwn(LOCATIONS, location) && LOCATIONS[location];
    return known
      ? [[`method.request.${known}.${String(name)}`, required === true || required === "true"]]
      : [];
  });
  return Object.fromEntries([
    ...declared,
    ...variables.map((name): [string, boolean] => [`method.request.path.${name}`, true]),
  ]);
}

/** Model name by MIME type. */
function requestModels(operation: Operation, { api, models }: Shared): ObjectValue {
  const { document } = api;
  const { address, fields, parameters } = operation;
  if (document.version === 3) {
    const place = `${address}.requestBody`;
    const body = document.object(field(fields, "requestBody"), place);
    return contentModels(field(body, "content"), place, api, models);
  }
  const body = parameters.find(({ in: location }) => location === "body");
  const name = models.nameOf(body?.schema, `${address}.parameters.body`);
  return byType(mediaTypes(fields, "consumes", api), name);
}

function importResponses(
  { address, fields }: Operation,
  models: ImportedModels,
  api: ImportedApi,
  method: ObjectValue,
): TerraformResource[] {
  const { document } = api;
  const responses = Object.entries(document.object(field(fields, "responses"), `${address}.responses`));
  // A method has responses of exact statuses only.
  return responses
    .filter(([status]) => /^\d{3}$/.test(status))
    .map(([status, written]) => {
      const place = `${address}.responses[${JSON.stringify(status)}]`;
      const response = document.object(written, place);
      const headers = Object.keys(document.object(field(response, "headers"), `${place}.headers`));
      return importedPart(place, "aws_api_gateway_method_response", {
        ...method,
        status_code: status,
        response_parameters: Object.fromEntries(
          headers.map((name) => [`method.response.header.${name}`, false]),
        ),
        response_models:
          document.version === 3
            ? contentModels(field(response, "content"), place, api, models)
            : byType(mediaTypes(fields, "produces", api), models.nameOf(response.schema, `${place}.schema`)),
      });
    });
}

/** OpenAPI 3: a schema for each MIME type. */
function contentModels(
  written: unknown,
  address: string,
  { document }: ImportedApi,
  models: ImportedModels,
): ObjectValue {
  const content = Object.entries(document.object(written, `${address}.content`));
  return Object.fromEntries(
    content.flatMap(([type, media]) => {
      const place = `${address}.content[${JSON.stringify(type)}]`;
      const name = models.nameOf(document.object(media, place).schema, place);
      return name === undefined ? [] : [[type, name]];
    }),
  );
}

/** Swagger 2: one schema for the MIME types of the operation, or of the document. */
function mediaTypes(fields: ObjectValue, name: "consumes" | "produces", { document }: ImportedApi): string[] {
  const types = document.list(field(fields, name) ?? document.root(name), `${document.address}.${name}`);
  return types.length === 0 ? ["application/json"] : types.map(String);
}

function byType(types: readonly string[], name: string | undefined): ObjectValue {
  return name === undefined ? {} : Object.fromEntries(types.map((type) => [type, name]));
}

/** Is it a path, rather than an extension beside the paths? */
export function isPath([name, item]: readonly [name: string, item: unknown]): boolean {
  return !name.startsWith("x-") && (isObject(item) || item === null);
}

import type { ObjectValue } from "../expression/value";
import { ProblemList } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";
import { basePathParts } from "./base-path";
import { ImportedModels } from "./imported-models";
import { importOperation, isPath, operationsOf, pathParts } from "./imported-operations";
import { type ImportedApi, importedPart, importedResourceId } from "./imported-part";
import { ImportedSecurity } from "./imported-security";
import { type ImportedSettings, importSettings } from "./imported-settings";
import { ImportedValidators } from "./imported-validators";
import { OpenApiDocument } from "./openapi-document";

/** A document that is to be imported into a REST API. */
export interface ApiBody {
  /** Of the attribute that holds it: `aws_api_gateway_rest_api.Api.body`. */
  readonly address: string;
  readonly text: string;
  readonly apiId: string;
  readonly rootResourceId: string;
  /** The import's own parameters, such as `basepath`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly failOnWarnings: boolean;
}

/** What an import makes of a document. */
export interface ImportedBody {
  readonly parts: readonly TerraformResource[];
  readonly settings: ImportedSettings;
}

/**
 * Imports an OpenAPI document as API Gateway does.
 * @throws StackError with every problem found
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 */
export function importBody(body: ApiBody): ImportedBody {
  const document = new OpenApiDocument(body.address, body.text);
  const api: ImportedApi = { id: body.apiId, rootResourceId: body.rootResourceId, document };
  const shared = {
    api,
    models: new ImportedModels(api),
    security: new ImportedSecurity(api),
    validators: new ImportedValidators(api),
  };
  const problems = new ProblemList();
  const resources = new Map<string, TerraformResource>();
  const base = basePathParts(document, body.parameters);
  const methods = Object.entries(document.rootObject("paths"))
    .filter(isPath)
    .flatMap(([path, item]) => {
      const found = problems.attempt(() => {
        const parts = [...base, ...pathParts(path, document.address)];
        const id = addResources(parts, api, resources);
        return operationsOf(api, item, `/${parts.join("/")}`, id);
      });
      return (found ?? []).flatMap(
        (operation) => problems.attempt(() => importOperation(operation, shared)) ?? [],
      );
    });
  problems.throwIfAny();
  if (body.failOnWarnings) document.throwWarnings();
  return {
    settings: importSettings(document),
    parts: [
      ...resources.values(),
      ...methods,
      ...shared.models.parts,
      ...shared.security.parts,
      ...shared.validators.parts,
      ...importGatewayResponses(api),
    ],
  };
}

/** Adds the resource of a path and those on the way to it; gives its id. */
function addResources(
  parts: readonly string[],
  { id, rootResourceId, document }: ImportedApi,
  resources: Map<string, TerraformResource>,
): string {
  return parts.reduce((parentId, part, index) => {
    const path = `/${parts.slice(0, index + 1).join("/")}`;
    const own = importedResourceId(id, path);
    const address = `${document.address}[${JSON.stringify(path)}]`;
    const attributes: ObjectValue = { id: own, rest_api_id: id, parent_id: parentId, path_part: part, path };
    resources.set(path, importedPart(address, "aws_api_gateway_resource", attributes));
    return own;
  }, rootResourceId);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html */
function importGatewayResponses({ id, document }: ImportedApi): TerraformResource[] {
  const responses = document.rootObject("x-amazon-apigateway-gateway-responses");
  return Object.entries(responses).map(([type, written]) => {
    const address = `${document.address}.gateway_response[${JSON.stringify(type)}]`;
    const response = document.object(written, address);
    return importedPart(address, "aws_api_gateway_gateway_response", {
      rest_api_id: id,
      response_type: type,
      status_code: response.statusCode,
      response_parameters: response.responseParameters,
      response_templates: response.responseTemplates,
    });
  });
}

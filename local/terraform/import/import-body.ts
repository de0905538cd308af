import { ProblemList } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";
import { basePathParts } from "./base-path";
import { ImportedModels } from "./imported-models";
import { importOperation, isPath, operationsOf } from "./imported-operations";
import { type ImportedApi, importedPart } from "./imported-part";
import { ImportedSecurity } from "./imported-security";
import { type ImportedSettings, importSettings } from "./imported-settings";
import { ImportedTree, pathParts } from "./imported-tree";
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
  const tree = new ImportedTree(api);
  const base = basePathParts(document, body.parameters);
  const methods = Object.entries(document.rootObject("paths"))
    .filter(isPath)
    .flatMap(([path, item]) => {
      const found = problems.attempt(() => {
        const parts = [...base, ...pathParts(path, document.address)];
        return operationsOf(api, item, `/${parts.join("/")}`, tree.add(parts));
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
      ...tree.parts,
      ...methods,
      ...shared.models.parts,
      ...shared.security.parts,
      ...shared.validators.parts,
      ...importGatewayResponses(api),
    ],
  };
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

import type { ObjectValue } from "../expression/value";
import { StackError } from "../stack-error";
import { TerraformResource } from "../terraform-resource";
import { field, type OpenApiDocument } from "./openapi-document";

/** The types of resources that an import makes. */
export const IMPORTED_TYPES = [
  "aws_api_gateway_resource",
  "aws_api_gateway_method",
  "aws_api_gateway_method_response",
  "aws_api_gateway_integration",
  "aws_api_gateway_integration_response",
  "aws_api_gateway_authorizer",
  "aws_api_gateway_model",
  "aws_api_gateway_request_validator",
  "aws_api_gateway_gateway_response",
] as const;

export type ImportedType = (typeof IMPORTED_TYPES)[number];

/** A REST API that a document is imported into. */
export interface ImportedApi {
  readonly id: string;
  readonly rootResourceId: string;
  readonly document: OpenApiDocument;
}

/** What an import makes, as if it were declared by a resource of its own. */
export function importedPart(
  address: string,
  type: ImportedType,
  attributes: ObjectValue,
): TerraformResource {
  return new TerraformResource(address, type, givenIn(attributes), () => undefined);
}

/** How a `TerraformResource` finds its attributes in an object; one that is an error is thrown to whoever asks for it. */
export function givenIn(attributes: ObjectValue): TerraformResource["given"] {
  return (name) => {
    const value = field(attributes, name);
    if (value instanceof StackError) throw value;
    return value;
  };
}

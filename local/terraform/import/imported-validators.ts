import type { ObjectValue } from "../expression/value";
import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";
import { type ImportedApi, importedPart } from "./imported-part";
import { importedId } from "../stand-in-id";
import { field, textOf } from "./openapi-document";

const VALIDATORS = "x-amazon-apigateway-request-validators";
const VALIDATOR = "x-amazon-apigateway-request-validator";

/**
 * The request validators that an import makes, and which of them an operation has.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-request-validators.html
 */
export class ImportedValidators {
  public readonly parts: readonly TerraformResource[];
  private readonly ids: ReadonlyMap<string, string>;

  constructor(private readonly api: ImportedApi) {
    const { id, document } = api;
    const validators = Object.entries(document.rootObject(VALIDATORS));
    this.ids = new Map(validators.map(([name]) => [name, importedId(id, "validator", name)]));
    this.parts = validators.map(([name, written]) => {
      const address = `${document.address}.request_validator[${JSON.stringify(name)}]`;
      const validator = document.object(written, address);
      return importedPart(address, "aws_api_gateway_request_validator", {
        id: this.ids.get(name),
        rest_api_id: id,
        name,
        validate_request_body: validator.validateRequestBody,
        validate_request_parameters: validator.validateRequestParameters,
      });
    });
  }

  /** Id of an operation's own validator, or of the document's. */
  public ofOperation(operation: ObjectValue, address: string): string | undefined {
    const own = field(operation, VALIDATOR);
    const name = own ?? this.api.document.root(VALIDATOR);
    if (name === undefined) return undefined;
    const id = this.ids.get(textOf(name));
    if (id !== undefined) return id;
    throw new StackError({
      address: `${own === undefined ? this.api.document.address : address}.${VALIDATOR}`,
      wrong: `is not in ${VALIDATORS}`,
      got: name,
      allowed: `${[...this.ids.keys()].join(", ") || "none"} are`,
    });
  }
}

import { type ObjectValue, isObject } from "../expression/value";
import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";
import { type ImportedApi, importedPart } from "./imported-part";
import { importedId } from "../stand-in-id";
import { field } from "./openapi-document";

const SUBSCHEMAS_BY_NAME: ReadonlySet<string> = new Set(["properties", "patternProperties", "definitions"]);
const SUBSCHEMAS: ReadonlySet<string> = new Set([
  ...["items", "additionalItems", "additionalProperties", "not"],
  ...["allOf", "anyOf", "oneOf"],
]);

/** `#/definitions/Order`, `#/components/schemas/Order`. */
const SCHEMA_REFERENCE = /^#\/(?:definitions|components\/schemas)\/([^/]+)$/;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const PRIMITIVE_TYPES: readonly unknown[] = ["string", "number", "integer", "boolean"];

/**
 * The models that an import makes: one for each schema of the document, and one for each that an operation writes out. AWS takes
 * the schemas as they are, and refuses in them what it refuses in any model, OpenAPI's own `example` for one.
 * @see https://github.com/awslabs/aws-api-gateway-developer-portal/issues/571
 */
export class ImportedModels {
  private readonly made: TerraformResource[] = [];
  private readonly schemas: ObjectValue;

  constructor(private readonly api: ImportedApi) {
    this.schemas = api.document.schemas;
    for (const [name, schema] of Object.entries(this.schemas)) {
      this.add(`${api.document.address}.model[${JSON.stringify(name)}]`, name, schema);
    }
  }

  public get parts(): readonly TerraformResource[] {
    return this.made;
  }

  /**
   * Name of the model of a schema that an operation names or writes out; undefined where it names none, or one that the document
   * does not have, of which AWS only warns.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-errors-warnings.html
   */
  public nameOf(schema: unknown, address: string): string | undefined {
    if (!isObject(schema)) return undefined;
    if (typeof schema.$ref !== "string") return this.generated(schema, address);
    const name = SCHEMA_REFERENCE.exec(schema.$ref)?.[1];
    if (name === undefined) return this.generated(this.api.document.object(schema, address), address);
    if (Object.hasOwn(this.schemas, name)) return name;
    this.api.document.warn(address, `refers to the model ${name}, which the document does not have`);
    return undefined;
  }

  /** AWS's name for a model that is written out at an operation is random; one of a primitive type it does not make. */
  private generated(schema: ObjectValue, address: string): string | undefined {
    if (PRIMITIVE_TYPES.includes(schema.type)) {
      this.api.document.warn(address, `is of the type ${String(schema.type)}, of which AWS makes no model`);
      return undefined;
    }
    const name = `MODEL${importedId(this.api.id, "model", address)}`;
    this.add(address, name, schema);
    return name;
  }

  private add(address: string, name: string, schema: unknown): void {
    if (!/^[a-zA-Z0-9]+$/.test(name)) {
      throw refusedModel(address, `Model name must be alphanumeric: ${name}`);
    }
    const model = this.modelSchema(this.api.document.object(schema, address), address);
    this.made.push(
      importedPart(address, "aws_api_gateway_model", {
        id: importedId(this.api.id, "model", name),
        rest_api_id: this.api.id,
        name,
        content_type: "application/json",
        schema: JSON.stringify(model),
      }),
    );
  }

  /** References to other models are URLs on AWS. */
  private modelSchema(schema: unknown, address: string): unknown {
    if (Array.isArray(schema)) return schema.map((item) => this.modelSchema(item, address));
    if (!isObject(schema)) return schema;
    if (typeof schema.$ref === "string") return { $ref: this.modelUrl(schema.$ref, address) };
    return Object.fromEntries(
      Object.entries(schema).map(([key, value]) => {
        if (SUBSCHEMAS.has(key)) return [key, this.modelSchema(value, address)];
        return [key, SUBSCHEMAS_BY_NAME.has(key) && isObject(value) ? this.each(value, address) : value];
      }),
    );
  }

  private each(schemas: ObjectValue, address: string): ObjectValue {
    return Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, this.modelSchema(schema, address)]),
    );
  }

  private modelUrl(reference: string, address: string): string {
    const name = SCHEMA_REFERENCE.exec(reference)?.[1];
    if (name !== undefined && field(this.schemas, name) !== undefined) {
      return `https://apigateway.amazonaws.com/restapis/${this.api.id}/models/${name}`;
    }
    throw refusedModel(
      address,
      name === undefined ? "Model reference must be in canonical form" : `Invalid model specified: ${name}`,
      reference,
    );
  }
}

/** AWS's own words, as its callers report them. @see https://github.com/terra-money/fcd-classic/issues/36 */
function refusedModel(address: string, words: string, got?: string): StackError {
  return new StackError({ address, wrong: `is a model that AWS refuses with "${words}"`, got });
}

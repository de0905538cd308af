import { type ObjectValue, isObject } from "../expression/value";
import type { TerraformResource } from "../terraform-resource";
import { invalidBody } from "./body-text";
import { type ImportedApi, importedPart, importedId } from "./imported-part";
import { field } from "./openapi-document";

/**
 * What OpenAPI's schemas have beside JSON Schema of draft 4: no model has it. What AWS does with each of these keywords is not
 * recorded, but that it does not apply them.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const BESIDE_JSON_SCHEMA: ReadonlySet<string> = new Set([
  ...["discriminator", "xml", "externalDocs", "example", "examples"],
  ...["nullable", "readOnly", "writeOnly", "deprecated"],
]);

const SUBSCHEMAS_BY_NAME: ReadonlySet<string> = new Set(["properties", "patternProperties", "definitions"]);
const SUBSCHEMAS: ReadonlySet<string> = new Set([
  ...["items", "additionalItems", "additionalProperties", "not"],
  ...["allOf", "anyOf", "oneOf"],
]);

/** `#/definitions/Order`, `#/components/schemas/Order`. */
const SCHEMA_REFERENCE = /^#\/(?:definitions|components\/schemas)\/([^/]+)$/;

/** The models that an import makes: one for each schema of the document, and one for each that an operation writes out. */
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

  /** AWS's name for a model that is written out at an operation is random. */
  private generated(schema: ObjectValue, address: string): string {
    const name = `MODEL${importedId(this.api.id, "model", address)}`;
    this.add(address, name, schema);
    return name;
  }

  private add(address: string, name: string, schema: unknown): void {
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
    const kept = Object.entries(schema).filter(
      ([key]) => !BESIDE_JSON_SCHEMA.has(key) && !key.startsWith("x-"),
    );
    return Object.fromEntries(
      kept.map(([key, value]) => {
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
    throw invalidBody(address, `${reference} is no schema of the document`);
  }
}

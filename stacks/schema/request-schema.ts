import * as v from "valibot";
import type * as ModelSchema from "../../aws/model-schema";
import { isGroup } from "../group";
import { rule } from "../setting-message";

const DRAFT_4 = "http://json-schema.org/draft-04/schema#";

/**
 * A JSON Schema of draft 4, the one that API Gateway validates by.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export const requestSchema = v.pipe(
  v.custom<Record<string, unknown>>(
    isGroup,
    rule("is not a JSON Schema", "an object", 'Write for example { "type": "object" }.'),
  ),
  v.check(
    ({ $schema = DRAFT_4 }) => typeof $schema !== "string" || $schema.includes("draft-04"),
    ({ input: { $schema } }) =>
      `at /$schema: is another draft, got ${JSON.stringify($schema)}; ${DRAFT_4}. Write that.`,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const message of modelSchemaFaults(dataset.value)) addIssue({ message });
  }),
);

function modelSchemaFaults(schema: unknown): string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Ajv takes 50 ms to load, for a setting that few have
  const modelSchema = require("../../aws/model-schema") as typeof ModelSchema;
  return modelSchema.modelSchemaFaults(schema);
}

import type { ApiGatewayMethodConfig } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayModel } from "@cdktf/provider-aws/lib/api-gateway-model";
import {
  ApiGatewayRequestValidator,
  type ApiGatewayRequestValidatorConfig,
} from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import { Construct } from "constructs";
import * as v from "valibot";
import type * as ModelSchema from "../../aws/model-schema";
import { VALUE_SOURCES } from "../../mapping/value-source";
import { literal } from "../literal";
import { HEADER_NAME, isGroup, list, map, rule, text } from "../schema";
import type { Checked, Only } from "../setting";
import type { RestApiReference } from "./target-api";

const DRAFT_4 = "http://json-schema.org/draft-04/schema#";

/**
 * A JSON Schema of draft 4, the one that API Gateway validates by.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
const REQUEST_SCHEMA = v.pipe(
  v.custom<Record<string, unknown>>(
    isGroup,
    rule("is not a JSON Schema", "an object", 'Write for example { "type": "object" }.'),
  ),
  v.check(
    ({ $schema = DRAFT_4 }) => typeof $schema !== "string" || $schema.includes("draft-04"),
    ({ input: { $schema: got } }) =>
      `at /$schema: ${rule("is another draft", DRAFT_4, "Write that.")({ input: got })}`,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const message of modelSchemaFaults(dataset.value)) addIssue({ message });
  }),
);

/** Settings of what is checked before SQS is called; API Gateway answers 400 itself. */
export const VALIDATION_SETTINGS = {
  /**
   * A JSON Schema by content type, of draft 4: API Gateway refuses every other keyword, so synthesis does, and `$ref`
   * leads only to the schema's own `#/definitions/…` or to another model of the API.
   */
  requestSchema: v.optional(map(REQUEST_SCHEMA, '{ "application/json": { "type": "object" } }'), {}),
  /** Headers that a request must have, not blank. */
  requiredHeaders: v.optional(list(HEADER_NAME, '["X-Tenant"]'), []),
  /** Query parameters that a request must have, not blank. */
  requiredQueryParameters: v.optional(list(text(VALUE_SOURCES.query), '["tenant"]'), []),
};

/** Props of {@link RequestValidation}. */
export interface RequestValidationProps {
  readonly restApi: RestApiReference;
  readonly settings: Checked<typeof VALIDATION_SETTINGS>;
}

type MethodConfig = Required<
  Pick<ApiGatewayMethodConfig, "requestValidatorId" | "requestModels" | "requestParameters">
>;

/**
 * Models and request validator of one method.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export class RequestValidation extends Construct {
  /** What the method has to say of it. */
  public readonly methodConfig: MethodConfig;

  constructor(scope: Construct, id: string, props: RequestValidationProps) {
    super(scope, id);
    const { restApi, settings } = props;
    const { requestSchema, requiredHeaders, requiredQueryParameters, ...unread } = settings;
    const requestModels = this.createModels(restApi, requestSchema);
    const requestParameters = Object.fromEntries([
      ...requiredHeaders.map((name) => [`method.request.header.${name}`, true]),
      ...requiredQueryParameters.map((name) => [`method.request.querystring.${name}`, true]),
    ]) as Record<string, boolean>;
    const checks = {
      validateRequestBody: Object.keys(requestModels).length > 0,
      validateRequestParameters: Object.keys(requestParameters).length > 0,
    };
    const isChecked = checks.validateRequestBody || checks.validateRequestParameters;
    this.methodConfig = {
      requestValidatorId: isChecked ? this.createValidator(restApi, checks) : "",
      requestModels,
      requestParameters,
      ...(unread satisfies Only<never, typeof unread>),
    };
  }

  private createValidator(
    restApi: RestApiReference,
    checks: Pick<ApiGatewayRequestValidatorConfig, "validateRequestBody" | "validateRequestParameters">,
  ): string {
    return new ApiGatewayRequestValidator(this, "Validator", {
      restApiId: restApi.id,
      name: `${restApi.namePrefix ?? ""}${this.node.id}`,
      ...checks,
    }).id;
  }

  private createModels(
    restApi: RestApiReference,
    requestSchema: Record<string, object>,
  ): Record<string, string> {
    const models = Object.entries(requestSchema).map(([contentType, schema]) => {
      const name = `${restApi.namePrefix ?? ""}${this.node.id}${alphanumeric(contentType)}`;
      const model = new ApiGatewayModel(this, `Model${alphanumeric(contentType)}`, {
        restApiId: restApi.id,
        name,
        contentType,
        schema: literal(JSON.stringify({ $schema: DRAFT_4, ...schema })),
      });
      return [contentType, model.name] as const;
    });
    return Object.fromEntries(models);
  }
}

/** API Gateway's model names are letters and digits: `ApplicationJson`. */
function alphanumeric(contentType: string): string {
  return contentType
    .split(/[^a-z0-9]+/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("");
}

function modelSchemaFaults(schema: unknown): string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Ajv takes 50 ms to load, for a setting that few have
  const modelSchema = require("../../aws/model-schema") as typeof ModelSchema;
  return modelSchema.modelSchemaFaults(schema);
}

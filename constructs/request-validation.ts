import type { ApiGatewayMethodConfig } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayModel } from "@cdktf/provider-aws/lib/api-gateway-model";
import { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Construct } from "constructs";
import { literal } from "./literal";

/** What is checked before SQS is called; API Gateway answers 400 itself. */
export interface RequestValidationOptions {
  /** JSON Schema, draft 4, by content type. */
  readonly requestSchema?: Readonly<Record<string, object>>;
  readonly requiredHeaders?: readonly string[];
  readonly requiredQueryParameters?: readonly string[];
}

/** Props of {@link RequestValidation}. */
export interface RequestValidationProps extends RequestValidationOptions {
  readonly restApi: ApiGatewayRestApi;
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
    const requestModels = this.createModels(props);
    const requestParameters = requiredParameters(props);
    const checks = {
      validateRequestBody: Object.keys(requestModels).length > 0,
      validateRequestParameters: Object.keys(requestParameters).length > 0,
    };
    const isChecked = checks.validateRequestBody || checks.validateRequestParameters;
    this.methodConfig = {
      requestValidatorId: isChecked ? this.createValidator(props.restApi, checks) : "",
      requestModels,
      requestParameters,
    };
  }

  private createValidator(
    restApi: ApiGatewayRestApi,
    checks: { validateRequestBody: boolean; validateRequestParameters: boolean },
  ): string {
    return new ApiGatewayRequestValidator(this, "Validator", {
      restApiId: restApi.id,
      name: this.node.id,
      ...checks,
    }).id;
  }

  private createModels({ restApi, requestSchema = {} }: RequestValidationProps): Record<string, string> {
    const models = Object.entries(requestSchema).map(([contentType, schema]) => {
      const name = `${this.node.id}${alphanumeric(contentType)}`;
      const model = new ApiGatewayModel(this, `Model${alphanumeric(contentType)}`, {
        restApiId: restApi.id,
        name,
        contentType,
        schema: literal(JSON.stringify({ $schema: "http://json-schema.org/draft-04/schema#", ...schema })),
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

function requiredParameters(options: RequestValidationOptions): Record<string, boolean> {
  const { requiredHeaders = [], requiredQueryParameters = [] } = options;
  return Object.fromEntries([
    ...requiredHeaders.map((name) => [`method.request.header.${name}`, true]),
    ...requiredQueryParameters.map((name) => [`method.request.querystring.${name}`, true]),
  ]) as Record<string, boolean>;
}

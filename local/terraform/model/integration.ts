import { parseArn } from "../../../aws/arn";
import { sqsTarget, SQS_URI_FORMS } from "../sqs-target";
import type { Integration, IntegrationResponse, MethodResponse } from "../stack-model";
import type { TerraformResource } from "../terraform-resource";

const PASSTHROUGH = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"] as const;

/** `aws_api_gateway_integration` with its responses; throws `StackError` for any but AWS to SQS and MOCK. */
export function readIntegration(
  integration: TerraformResource,
  responses: readonly IntegrationResponse[],
): Integration {
  const type = integration.oneOf("type", ["AWS", "MOCK"], "AWS");
  integration.oneOf("connection_type", ["INTERNET"], "INTERNET");
  refuseStreaming(integration);
  // Above 29 s, the account needs a raised quota.
  integration.refuseOutOfRange({ timeout_milliseconds: [50, 300_000] });
  return {
    address: integration.address,
    type,
    ...(type === "AWS" ? queueCall(integration) : NO_CALL),
    requestParameters: integration.textMap("request_parameters"),
    requestTemplates: integration.textMap("request_templates"),
    passthroughBehavior: integration.oneOf("passthrough_behavior", PASSTHROUGH, "WHEN_NO_MATCH"),
    timeoutInMillis: integration.optionalNumber("timeout_milliseconds") ?? 29_000,
    responses,
    contentHandling: contentHandling(integration),
  };
}

const NO_CALL = { uri: "", httpMethod: "" };

/** What type AWS needs; AWS refuses an integration without one of them. */
function queueCall(integration: TerraformResource): Pick<Integration, "uri" | "httpMethod" | "credentials"> {
  const uri = sqsUri(integration);
  const httpMethod = integration.optionalText("integration_http_method");
  if (httpMethod !== undefined) return { uri, httpMethod, credentials: roleArn(integration) };
  throw integration.error("integration_http_method", {
    wrong: "has no value, without which AWS refuses the integration",
    mend: 'Set it to "POST"',
  });
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html#apigw-PutIntegration-request-credentials */
function roleArn(integration: TerraformResource): string {
  const given = integration.optionalText("credentials");
  const { service, accountId = "", resource = "" } = parseArn(given ?? "") ?? {};
  if (
    given !== undefined &&
    service === "iam" &&
    /^\d{12}$/.test(accountId) &&
    /^role\/[\w+=,.@/-]+$/.test(resource)
  ) {
    return given;
  }
  throw integration.error("credentials", {
    wrong:
      given === undefined ? "has no value, without which AWS refuses the integration" : "is no role's ARN",
    got: given,
    allowed: "arn:<partition>:iam::<account>:role/<name> is",
    mend: "Use the arn of a role that API Gateway may assume",
  });
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
function refuseStreaming(integration: TerraformResource): void {
  const mode = integration.optionalText("response_transfer_mode");
  if (mode === undefined || mode === "BUFFERED") return;
  throw integration.error("response_transfer_mode", {
    wrong: "is for proxy integrations",
    got: mode,
    allowed: "BUFFERED is, for the types AWS and MOCK",
    mend: "Leave it out",
  });
}

/** `aws_api_gateway_integration_response`; AWS refuses one whose status or headers the method does not declare. */
export function readIntegrationResponse(
  response: TerraformResource,
  methodResponses: Readonly<Record<string, MethodResponse>>,
): IntegrationResponse {
  const statusCode = response.text("status_code");
  const responseParameters = response.textMap("response_parameters");
  const declared = Object.hasOwn(methodResponses, statusCode) ? methodResponses[statusCode] : undefined;
  refuseUndeclared(response, statusCode, declared, responseParameters);
  return {
    address: response.address,
    statusCode,
    responseParameters,
    responseTemplates: response.textMap("response_templates"),
    selectionPattern: response.optionalText("selection_pattern"),
    contentHandling: contentHandling(response),
  };
}

function refuseUndeclared(
  response: TerraformResource,
  statusCode: string,
  declared: MethodResponse | undefined,
  parameters: Readonly<Record<string, string>>,
): void {
  if (declared === undefined) {
    throw response.error("status_code", {
      wrong: "has no method response",
      got: statusCode,
      allowed: "AWS refuses an integration response without one",
      mend: "Add an aws_api_gateway_method_response with this status",
    });
  }
  const unknown = Object.keys(parameters).find((name) => !Object.hasOwn(declared.responseParameters, name));
  if (unknown === undefined) return;
  throw response.error("response_parameters", {
    wrong: "sets what the method response does not declare",
    got: unknown,
    mend: "Add it to the method response's response_parameters",
  });
}

function contentHandling(resource: TerraformResource): Integration["contentHandling"] {
  return resource.optionalOneOf("content_handling", ["CONVERT_TO_TEXT", "CONVERT_TO_BINARY"]);
}

function sqsUri(integration: TerraformResource): string {
  const uri = integration.text("uri");
  if (sqsTarget(uri) !== undefined) return uri;
  throw integration.error("uri", {
    wrong: "is not supported by the local gateway",
    got: uri,
    allowed: `${SQS_URI_FORMS} are`,
  });
}

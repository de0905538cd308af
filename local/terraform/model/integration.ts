import type { Integration, IntegrationResponse, MethodResponse } from "../stack-model";
import type { TerraformResource } from "../terraform-resource";
import { readCall } from "./integration-call";

const PASSTHROUGH = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"] as const;

const TYPES = ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"] as const;
const CONNECTION_TYPES = ["INTERNET", "VPC_LINK"] as const;

/** `aws_api_gateway_integration` with its responses; throws `StackError` for one that AWS refuses. */
export function readIntegration(
  integration: TerraformResource,
  responses: readonly IntegrationResponse[],
): Integration {
  const type = integration.oneOf("type", TYPES, "AWS");
  // Above 29 s, the account needs a raised quota.
  integration.refuseOutOfRange({ timeout_milliseconds: [50, 300_000] });
  return {
    address: integration.address,
    type,
    ...(type === "MOCK" ? NO_CALL : readCall(integration, type)),
    ...otherWay(integration, type),
    requestParameters: integration.textMap("request_parameters"),
    requestTemplates: integration.textMap("request_templates"),
    passthroughBehavior: integration.oneOf("passthrough_behavior", PASSTHROUGH, "WHEN_NO_MATCH"),
    timeoutInMillis: integration.optionalNumber("timeout_milliseconds") ?? 29_000,
    responses,
    contentHandling: contentHandling(integration),
  };
}

const NO_CALL = { uri: "", httpMethod: "" };

/** Ways to the endpoint and back that the gateway does not have. */
function otherWay(integration: TerraformResource, type: Integration["type"]): Pick<Integration, "notServed"> {
  const connection = integration.oneOf("connection_type", CONNECTION_TYPES, "INTERNET");
  if (connection === "VPC_LINK") {
    return { notServed: "it goes through a VPC link, which the local gateway does not have" };
  }
  return streams(integration, type)
    ? { notServed: "it streams the answer, which the local gateway does not" }
    : {};
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
function streams(integration: TerraformResource, type: Integration["type"]): boolean {
  const mode = integration.optionalText("response_transfer_mode");
  if (mode === undefined || mode === "BUFFERED") return false;
  if (type === "AWS_PROXY" || type === "HTTP_PROXY") return true;
  throw integration.error("response_transfer_mode", {
    wrong: "is for proxy integrations",
    got: mode,
    allowed: "BUFFERED is, for the types AWS, HTTP and MOCK",
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

import { hasStandIn } from "../../../aws/stand-in-text";
import { StackError } from "../stack-error";
import type { Authorizer, Integration, Method, MethodResponse } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { readAuthorizer } from "./authorizer";
import { readIntegration, readIntegrationResponse } from "./integration";
import { readModels } from "./model";

const AUTHORIZATION_TYPES = ["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"] as const;

/**
 * `aws_api_gateway_method` with its authorizer, validator, responses and integration. One of which a part is known only after an
 * apply is not served; throws `StackError` for one that AWS refuses.
 */
export function readMethod(method: TerraformResource, resources: TerraformResources): Method {
  try {
    return readKnownMethod(method, resources);
  } catch (error) {
    if (!(error instanceof StackError) || !error.isUnknown) throw error;
    return unknownMethod(method, error);
  }
}

/** Whom it lets through is not known either, so that nobody gets further than to the integration. */
function unknownMethod(method: TerraformResource, { problems: [problem] }: StackError): Method {
  return {
    address: method.address,
    httpMethod: method.knownText("http_method"),
    authorizationType: "NONE",
    authorizationScopes: [],
    apiKeyRequired: false,
    requestParameters: {},
    requestModels: {},
    methodResponses: {},
    integration: {
      address: method.address,
      type: "MOCK",
      notServed: `${problem?.address ?? ""} ${problem?.wrong ?? ""}`,
      uri: "",
      httpMethod: "",
      requestParameters: {},
      requestTemplates: {},
      passthroughBehavior: "WHEN_NO_MATCH",
      timeoutInMillis: 29_000,
      responses: [],
    },
  };
}

function readKnownMethod(method: TerraformResource, resources: TerraformResources): Method {
  const own = identity(method);
  const methodResponses = Object.fromEntries(
    resources
      .where("aws_api_gateway_method_response", own)
      .map(readMethodResponse)
      .map((response) => [response.statusCode, response]),
  );
  const authorizationType = method.oneOf("authorization", AUTHORIZATION_TYPES, "NONE");
  const requestParameters = method.flagMap("request_parameters");
  const integration = integrationOf(method, resources, methodResponses);
  refuseUndeclared(integration, requestParameters);
  return {
    address: method.address,
    httpMethod: method.knownText("http_method"),
    authorizationType,
    apiKeyRequired: method.flag("api_key_required"),
    requestParameters,
    requestModels: requestModels(method, resources),
    methodResponses,
    integration,
    authorizer: authorizerOf(method, authorizationType, resources),
    authorizationScopes: method.textList("authorization_scopes"),
    operationName: method.optionalText("operation_name"),
    requestValidator: validatorOf(method, resources),
  };
}

/** What tells the parts of one method from those of others. */
function identity(method: TerraformResource): Readonly<Record<string, string>> {
  return {
    rest_api_id: method.text("rest_api_id"),
    resource_id: method.text("resource_id"),
    http_method: method.text("http_method"),
  };
}

function readMethodResponse(response: TerraformResource): MethodResponse {
  return {
    statusCode: response.knownText("status_code"),
    responseParameters: response.flagMap("response_parameters"),
    responseModels: response.textMap("response_models"),
  };
}

function integrationOf(
  method: TerraformResource,
  resources: TerraformResources,
  methodResponses: Readonly<Record<string, MethodResponse>>,
): Integration {
  const [integration] = resources.where("aws_api_gateway_integration", identity(method));
  if (integration === undefined) {
    throw new StackError({
      address: method.address,
      wrong: "has no integration",
      allowed: "AWS refuses to deploy a method without one",
      mend: "Add an aws_api_gateway_integration for it",
    });
  }
  const responses = resources.where("aws_api_gateway_integration_response", identity(method));
  return readIntegration(
    integration,
    responses.map((response) => readIntegrationResponse(response, methodResponses)),
  );
}

/** AWS refuses an integration that maps what the method does not declare. */
function refuseUndeclared(
  { address, requestParameters }: Integration,
  declared: Readonly<Record<string, boolean>>,
): void {
  const unknown = Object.values(requestParameters).find(
    (source) =>
      /^method\.request\.(?:header|querystring|path)\./.test(source) && !Object.hasOwn(declared, source),
  );
  if (unknown === undefined) return;
  throw new StackError({
    address: `${address}.request_parameters`,
    wrong: "maps what the method does not declare",
    got: unknown,
    mend: "Add it to the method's request_parameters",
  });
}

function requestModels(method: TerraformResource, resources: TerraformResources): Method["requestModels"] {
  const models = method.textMap("request_models");
  const known = readModels(method.text("rest_api_id"), resources);
  const unknown = Object.values(models).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return models;
  throw method.error("request_models", {
    wrong: "names a model that the REST API does not have",
    got: unknown,
    isUnknown: hasStandIn(unknown),
    allowed: `${Object.keys(known).join(", ")} are`,
    mend: "Add an aws_api_gateway_model, and refer to its name",
  });
}

/** AWS keeps an authorizer_id of the other types without using it, and refuses an authorizer of another kind. */
function authorizerOf(
  method: TerraformResource,
  type: Method["authorizationType"],
  resources: TerraformResources,
): Authorizer | undefined {
  if (type !== "CUSTOM" && type !== "COGNITO_USER_POOLS") return undefined;
  const referred = method.referred("authorizer_id", "aws_api_gateway_authorizer", resources);
  const authorizer = readAuthorizer(referred);
  if ((authorizer.type === "COGNITO_USER_POOLS") === (type === "COGNITO_USER_POOLS")) return authorizer;
  throw method.error("authorizer_id", {
    wrong: `is an authorizer of another kind than the method's authorization, ${type}`,
    got: authorizer.type,
    allowed: type === "CUSTOM" ? "one of type TOKEN or REQUEST is" : "one of type COGNITO_USER_POOLS is",
    mend: "Refer to another authorizer, or change the authorization",
  });
}

function validatorOf(method: TerraformResource, resources: TerraformResources): Method["requestValidator"] {
  if (method.optionalText("request_validator_id") === undefined) return undefined;
  const type = "aws_api_gateway_request_validator";
  const validator = method.referred("request_validator_id", type, resources);
  return {
    validateRequestBody: validator.flag("validate_request_body"),
    validateRequestParameters: validator.flag("validate_request_parameters"),
  };
}

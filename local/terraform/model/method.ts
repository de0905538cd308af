import { StackError } from "../stack-error";
import type { Authorizer, Integration, Method, MethodResponse } from "../stack-model";
import {
  type TerraformResource,
  type TerraformResources,
  flag,
  flagMap,
  oneOf,
  optionalText,
  referred,
  text,
  textMap,
  whose,
} from "../terraform-resource";
import { readAuthorizer } from "./authorizer";
import { readIntegration, readIntegrationResponse } from "./integration";
import { readModels } from "./model";

/** `aws_api_gateway_method` with its authorizer, validator, responses and integration. */
export function readMethod(method: TerraformResource, resources: TerraformResources): Method {
  const methodResponses = readMethodResponses(method, resources);
  const authorizationType = oneOf(method, "authorization", ["NONE", "CUSTOM"], "NONE");
  const operationName = optionalText(method, "operation_name");
  const requestParameters = flagMap(method, "request_parameters");
  const integration = integrationOf(method, resources, methodResponses);
  refuseUndeclared(integration, requestParameters);
  return {
    address: method.address,
    httpMethod: text(method, "http_method"),
    authorizationType,
    apiKeyRequired: flag(method, "api_key_required"),
    requestParameters,
    requestModels: requestModels(method, resources),
    methodResponses,
    integration,
    ...(authorizationType === "CUSTOM" && { authorizer: authorizerOf(method, resources) }),
    ...(operationName !== undefined && { operationName }),
    ...validatorOf(method, resources),
  };
}

/** What tells the parts of one method from those of others. */
function identity(method: TerraformResource): Readonly<Record<string, string>> {
  return {
    rest_api_id: text(method, "rest_api_id"),
    resource_id: text(method, "resource_id"),
    http_method: text(method, "http_method"),
  };
}

function readMethodResponses(
  method: TerraformResource,
  resources: TerraformResources,
): Readonly<Record<string, MethodResponse>> {
  const responses = whose(resources.ofType("aws_api_gateway_method_response"), identity(method));
  return Object.fromEntries(
    responses.map((response) => {
      const statusCode = text(response, "status_code");
      const built: MethodResponse = {
        statusCode,
        responseParameters: flagMap(response, "response_parameters"),
        responseModels: textMap(response, "response_models"),
      };
      return [statusCode, built];
    }),
  );
}

function integrationOf(
  method: TerraformResource,
  resources: TerraformResources,
  methodResponses: Readonly<Record<string, MethodResponse>>,
): Integration {
  const [integration] = whose(resources.ofType("aws_api_gateway_integration"), identity(method));
  if (integration === undefined) {
    throw new StackError({
      address: method.address,
      wrong: "has no integration",
      allowed: "AWS refuses to deploy a method without one",
      mend: "Add an aws_api_gateway_integration for it",
    });
  }
  const responses = whose(resources.ofType("aws_api_gateway_integration_response"), identity(method));
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
  const models = textMap(method, "request_models");
  const known = readModels(text(method, "rest_api_id"), resources);
  const unknown = Object.values(models).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return models;
  throw new StackError({
    address: `${method.address}.request_models`,
    wrong: "names a model that the REST API does not have",
    got: unknown,
    allowed: `${Object.keys(known).join(", ")} are`,
    mend: "Add an aws_api_gateway_model, and refer to its name",
  });
}

function authorizerOf(method: TerraformResource, resources: TerraformResources): Authorizer {
  return readAuthorizer(referred(method, "authorizer_id", resources.ofType("aws_api_gateway_authorizer")));
}

function validatorOf(
  method: TerraformResource,
  resources: TerraformResources,
): Pick<Method, "requestValidator"> {
  if (optionalText(method, "request_validator_id") === undefined) return {};
  const validators = resources.ofType("aws_api_gateway_request_validator");
  const validator = referred(method, "request_validator_id", validators);
  return {
    requestValidator: {
      validateRequestBody: flag(validator, "validate_request_body"),
      validateRequestParameters: flag(validator, "validate_request_parameters"),
    },
  };
}

import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { Construct } from "constructs";
import { type Authorization, methodAuthorization } from "../authorizer/authorization";
import type { RequestValidation } from "./request-validation";

/** Props of {@link addMethod}. */
export interface AddedMethodProps {
  /** The resource that gets the method. */
  readonly resource: ApiGatewayResource;
  /** @default "POST" */
  readonly httpMethod?: string;
  /**
   * What protects the method, already attached to the API.
   * @default - the method is open
   */
  readonly authorizer?: Authorization | undefined;
  /**
   * Scopes of which the caller's token needs one.
   * @default - those of the authorizer, if it has any
   */
  readonly authorizationScopes?: readonly string[] | undefined;
  /** Must a caller bring an API key of the stage's usage plan? */
  readonly apiKeyRequired: boolean;
  /** What is checked before the backend is called. */
  readonly validation: RequestValidation;
}

/**
 * The method of a resource, in `scope`.
 * @param told parameters that are told to whoever reads the API, or that mappings name, and that a request may lack
 */
export function addMethod(
  scope: Construct,
  props: AddedMethodProps,
  told: readonly string[],
): ApiGatewayMethod {
  const { resource, httpMethod = "POST", apiKeyRequired, validation } = props;
  const { requestParameters, ...validated } = validation.methodConfig;
  return new ApiGatewayMethod(scope, "Method", {
    restApiId: resource.restApiId,
    resourceId: resource.id,
    httpMethod,
    ...methodAuthorization(props.authorizer, props.authorizationScopes),
    apiKeyRequired,
    ...validated,
    requestParameters: {
      ...Object.fromEntries(told.map((parameter) => [parameter, false])),
      ...requestParameters,
    },
  });
}

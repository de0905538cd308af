import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { Construct } from "constructs";

/**
 * An open method that API Gateway answers itself. The request template prints `{"statusCode": …}`.
 * @param contentTypes what requests may have as `Content-Type`, beside none and `application/json`
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function addMockMethod(
  scope: Construct,
  resource: ApiGatewayResource,
  httpMethod: "GET" | "HEAD" | "OPTIONS" | "ANY",
  requestTemplate: string,
  contentTypes: readonly string[] = [],
): ApiGatewayIntegration {
  const method = new ApiGatewayMethod(scope, "Method", {
    restApiId: resource.restApiId,
    resourceId: resource.id,
    httpMethod,
    authorization: "NONE",
  });
  return new ApiGatewayIntegration(scope, "Integration", {
    restApiId: method.restApiId,
    resourceId: method.resourceId,
    httpMethod: method.httpMethod,
    type: "MOCK",
    // Another content type would reach a mock that knows no status to answer, which is a 500.
    passthroughBehavior: "NEVER",
    requestTemplates: Object.fromEntries(
      ["application/json", ...contentTypes].map((contentType) => [contentType, requestTemplate]),
    ),
  });
}

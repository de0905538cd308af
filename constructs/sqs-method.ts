import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { errorBody } from "../mapping/error-body";
import { errorTemplate } from "../mapping/error-template";
import { sendMessageTemplate } from "../mapping/send-message-template";
import type { AwsLocation } from "./aws-location";
import type { TokenAuthorizer } from "./token-authorizer";

/** Props of {@link SqsMethod}. */
export interface SqsMethodProps {
  readonly location: AwsLocation;
  /** The resource that gets the method. */
  readonly resource: ApiGatewayResource;
  readonly queue: SqsQueue;
  /** Role that API Gateway assumes to call SQS. */
  readonly role: IamRole;
  /**
   * Authorizer that protects the method, already attached to the API.
   * @default - the method is open
   */
  readonly authorizer?: TokenAuthorizer;
}

/** `POST` on a resource, integrated with SQS's `SendMessage`: method, integration and their responses. */
export class SqsMethod extends Construct {
  constructor(scope: Construct, id: string, props: SqsMethodProps) {
    super(scope, id);
    const method = this.createMethod(props);
    const integration = this.createIntegration(method, props);
    this.createResponse("Success", integration, { statusCode: "200", selectionPattern: "2\\d{2}" });
    this.createResponse("Unavailable", integration, {
      statusCode: "503",
      selectionPattern: "5\\d{2}",
      responseTemplates: {
        "application/json": errorBody("ServiceUnavailable", "The queue is not available. Retry later."),
      },
      responseParameters: { "method.response.header.Retry-After": "'1'" },
    });
    // The default response: whatever is not known to be a success is an error.
    this.createResponse("Failure", integration, {
      statusCode: "500",
      responseTemplates: { "application/json": errorTemplate() },
    });
  }

  private createMethod({ resource, authorizer }: SqsMethodProps): ApiGatewayMethod {
    return new ApiGatewayMethod(this, "Method", {
      restApiId: resource.restApiId,
      resourceId: resource.id,
      httpMethod: "POST",
      ...(authorizer
        ? { authorization: "CUSTOM", authorizerId: authorizer.authorizerId }
        : { authorization: "NONE" }),
    });
  }

  private createIntegration(
    method: ApiGatewayMethod,
    { location, queue, role }: SqsMethodProps,
  ): ApiGatewayIntegration {
    const { partition, regionName, accountId } = location;
    return new ApiGatewayIntegration(this, "Integration", {
      restApiId: method.restApiId,
      resourceId: method.resourceId,
      httpMethod: method.httpMethod,
      type: "AWS",
      integrationHttpMethod: "POST",
      uri: `arn:${partition}:apigateway:${regionName}:sqs:path/${accountId}/${queue.name}`,
      credentials: role.arn,
      passthroughBehavior: "NEVER",
      requestParameters: {
        "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
      },
      requestTemplates: { "application/json": sendMessageTemplate() },
      timeoutMilliseconds: 5000,
    });
  }

  private createResponse(id: string, integration: ApiGatewayIntegration, response: ResponseMapping): void {
    const { statusCode, selectionPattern, responseTemplates, responseParameters } = response;
    const methodResponse = new ApiGatewayMethodResponse(this, `${id}MethodResponse`, {
      restApiId: integration.restApiId,
      resourceId: integration.resourceId,
      httpMethod: integration.httpMethod,
      statusCode,
      responseModels: { "application/json": "Empty" },
      ...(responseParameters === undefined ? {} : { responseParameters: declared(responseParameters) }),
    });
    new ApiGatewayIntegrationResponse(this, `${id}IntegrationResponse`, {
      restApiId: integration.restApiId,
      resourceId: integration.resourceId,
      httpMethod: integration.httpMethod,
      statusCode: methodResponse.statusCode,
      ...(selectionPattern === undefined ? {} : { selectionPattern }),
      ...(responseTemplates === undefined ? {} : { responseTemplates }),
      ...(responseParameters === undefined ? {} : { responseParameters }),
      dependsOn: [integration],
    });
  }
}

interface ResponseMapping {
  readonly statusCode: string;
  /** Regular expression over SQS's HTTP status; absent: the default response. */
  readonly selectionPattern?: string;
  readonly responseTemplates?: Record<string, string>;
  readonly responseParameters?: Record<string, string>;
}

/** A method response declares the headers that an integration response fills. */
function declared(responseParameters: Record<string, string>): Record<string, boolean> {
  return Object.fromEntries(Object.keys(responseParameters).map((name) => [name, true]));
}

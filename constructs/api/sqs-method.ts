import {
  ApiGatewayIntegration,
  type ApiGatewayIntegrationConfig,
} from "@cdktf/provider-aws/lib/api-gateway-integration";
import type { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { TerraformMetaArguments } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import { unavailableTemplate } from "../../mapping/error-template";
import type { Authorization } from "../authorizer/authorization";
import type { AwsLocation } from "../aws-location";
import { literal } from "../literal";
import type { TargetQueue } from "../queue/target-queue";
import { wholeNumber } from "../schema";
import type { Checked, Only } from "../setting";
import { type AddedMethodProps, addMethod } from "./api-method";
import type { CrossOrigin } from "./cors";
import { ResponseMapping } from "./response-mapping";
import type { SecretHeader } from "./secret-header";
import type { SuccessAnswer } from "./success-response";

/** Settings of the integration with SQS. */
export const INTEGRATION_SETTINGS = {
  /** How long API Gateway waits for SQS before it answers 504. */
  integrationTimeoutMilliseconds: v.optional(wholeNumber(50, 29_000, "milliseconds"), 5000),
};

/** What the methods of an API have in common. */
export interface MethodProps {
  readonly location: AwsLocation;
  readonly queue: TargetQueue;
  /** Role that API Gateway assumes to call SQS. */
  readonly role: IamRole;
  /**
   * What protects the method, already attached to the API.
   * @default - the method is open
   */
  readonly authorizer?: Authorization | undefined;
  /**
   * Header that a request must have for its message to be sent, whoever wrote the template.
   * @default - none
   */
  readonly secretHeader?: SecretHeader | undefined;
}

/** Props of {@link SqsMethod}. */
export interface SqsMethodProps extends MethodProps, AddedMethodProps {
  /** Mapping template by content type; what has none is answered 415. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  /**
   * Answer to what SQS has accepted.
   * @default - SQS's own answer, 200
   */
  readonly success?: SuccessAnswer;
  /** Response template for whatever SQS has not accepted. */
  readonly failureTemplate: string;
  readonly integration: Checked<typeof INTEGRATION_SETTINGS>;
  readonly crossOrigin: CrossOrigin;
}

type IntegrationAttribute = Exclude<keyof ApiGatewayIntegrationConfig, keyof TerraformMetaArguments>;

/**
 * A method of a resource, integrated with SQS: method, integration and their responses. Only a 2xx of SQS is a success;
 * the default response, for whatever nobody thought of, is an error.
 */
export class SqsMethod extends Construct {
  constructor(scope: Construct, id: string, props: SqsMethodProps) {
    super(scope, id);
    const { crossOrigin, success, failureTemplate } = props;
    // Not required: the answer would be 400, and the check's own is 403.
    const told = props.secretHeader ? [`method.request.header.${props.secretHeader.headerName}`] : [];
    const integration = this.createIntegration(addMethod(this, props, told), props);
    const shared = { integration, crossOrigin };
    new ResponseMapping(this, "Success", {
      ...shared,
      statusCode: 200,
      selectionPattern: "2\\d{2}",
      ...success,
    });
    new ResponseMapping(this, "Unavailable", {
      ...shared,
      statusCode: 503,
      selectionPattern: "5\\d{2}",
      template: unavailableTemplate(),
      headers: { "Retry-After": "'1'" },
    });
    new ResponseMapping(this, "Failure", { ...shared, statusCode: 500, template: failureTemplate });
  }

  private createIntegration(method: ApiGatewayMethod, props: SqsMethodProps): ApiGatewayIntegration {
    const { location, queue, role, requestTemplates, secretHeader } = props;
    const { integrationTimeoutMilliseconds, ...attributes } = props.integration;
    return new ApiGatewayIntegration(this, "Integration", {
      restApiId: method.restApiId,
      resourceId: method.resourceId,
      httpMethod: method.httpMethod,
      type: "AWS",
      integrationHttpMethod: "POST",
      uri: `arn:${location.partition}:apigateway:${queue.regionName}:sqs:path/${queue.accountId}/${queue.queueName}`,
      credentials: role.arn,
      passthroughBehavior: "NEVER",
      // Text stays text; a binary type of the API arrives in the template as base64.
      contentHandling: "CONVERT_TO_TEXT",
      requestParameters: {
        "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
      },
      requestTemplates: Object.fromEntries(
        Object.entries(requestTemplates).map(([contentType, template]) => {
          const text = literal(template);
          return [contentType, secretHeader?.guard(text) ?? text];
        }),
      ),
      timeoutMilliseconds: integrationTimeoutMilliseconds,
      ...(attributes satisfies Only<IntegrationAttribute, typeof attributes>),
    });
  }
}

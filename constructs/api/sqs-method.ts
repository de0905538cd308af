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
import { QUEUE_PLACEHOLDER, queueChoiceDirectives } from "../../mapping/queue-choice-template";
import type { ValueSource } from "../../mapping/value-source";
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
export interface MethodProps extends Pick<AddedMethodProps, "authorizer" | "authorizationScopes"> {
  readonly location: AwsLocation;
  readonly queue: TargetQueue;
  /** Role that API Gateway assumes to call SQS. */
  readonly role: IamRole;
  /**
   * Header that a request must have for its message to be sent, whoever wrote the template.
   * @default - none
   */
  readonly secretHeader?: SecretHeader | undefined;
  /**
   * Queues beside `queue`, and what of a request chooses one of them.
   * @default - all messages go to `queue`
   */
  readonly queueChoice?: QueueChoice | undefined;
}

/** Queues of which a value of the request chooses one. */
export interface QueueChoice {
  readonly source: ValueSource;
  readonly queues: Readonly<Record<string, TargetQueue>>;
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
  /** Sources of values that a request may have. @default - none */
  readonly optionalValues?: readonly ValueSource[];
}

type IntegrationAttribute = Exclude<keyof ApiGatewayIntegrationConfig, keyof TerraformMetaArguments>;

/**
 * A method of a resource, integrated with SQS: method, integration and their responses. Only a 2xx of SQS is a success;
 * the default response, for whatever nobody thought of, is an error.
 */
export class SqsMethod extends Construct {
  constructor(scope: Construct, id: string, props: SqsMethodProps) {
    super(scope, id);
    const { crossOrigin, success, failureTemplate, secretHeader, optionalValues = [] } = props;
    // Not required: the answer would be 400, and the check's own is 403.
    const told = [
      ...(secretHeader ? [`method.request.header.${secretHeader.headerName}`] : []),
      ...optionalValues.flatMap(parameterOf),
    ];
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
    const { location, queue, role, requestTemplates, secretHeader, queueChoice } = props;
    const { integrationTimeoutMilliseconds, ...attributes } = props.integration;
    const choosing = queueChoice === undefined ? "" : choiceDirectives(queueChoice, queue);
    return new ApiGatewayIntegration(this, "Integration", {
      restApiId: method.restApiId,
      resourceId: method.resourceId,
      httpMethod: method.httpMethod,
      type: "AWS",
      integrationHttpMethod: "POST",
      uri: `arn:${location.partition}:apigateway:${queue.regionName}:sqs:path/${queue.accountId}/${queueChoice ? `{${QUEUE_PLACEHOLDER}}` : queue.queueName}`,
      credentials: role.arn,
      passthroughBehavior: "NEVER",
      // Text stays text; a binary type of the API arrives in the template as base64.
      contentHandling: "CONVERT_TO_TEXT",
      requestParameters: {
        "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
        ...(queueChoice && { [`integration.request.path.${QUEUE_PLACEHOLDER}`]: `'${queue.queueName}'` }),
      },
      requestTemplates: Object.fromEntries(
        Object.entries(requestTemplates).map(([contentType, template]) => {
          const text = `${choosing}${literal(template)}`;
          return [contentType, secretHeader?.guard(text) ?? text];
        }),
      ),
      timeoutMilliseconds: integrationTimeoutMilliseconds,
      ...(attributes satisfies Only<IntegrationAttribute, typeof attributes>),
    });
  }
}

function choiceDirectives({ source, queues }: QueueChoice, { queueName: otherwise }: TargetQueue): string {
  const names = Object.entries(queues).map(([value, { queueName }]) => [value, queueName]);
  const queueNames = Object.fromEntries(names) as Record<string, string>;
  return queueChoiceDirectives({ source, queueNames, otherwise });
}

function parameterOf(source: ValueSource): string[] {
  if ("header" in source) return [`method.request.header.${source.header}`];
  return "query" in source ? [`method.request.querystring.${source.query}`] : [];
}

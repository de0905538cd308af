import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { batchResponseTemplate } from "../mapping/batch-response-template";
import { errorTemplate } from "../mapping/error-template";
import { batchSchema, sendMessageBatchTemplate } from "../mapping/send-message-batch-template";
import { ApiDeployment } from "./api-deployment";
import type { AwsLocation } from "./aws-location";
import { CorsPreflight } from "./cors-preflight";
import { type CorsOptions, crossOrigin } from "./cross-origin";
import { GatewayResponses } from "./gateway-responses";
import { IntegrationRole } from "./integration-role";
import {
  base64ContentTypes,
  messageAttributes,
  type MessageOptions,
  requestTemplates,
} from "./message-options";
import { RequestValidation, type RequestValidationOptions } from "./request-validation";
import { SqsMethod, type SqsMethodProps } from "./sqs-method";
import { type ResponseOption, successTemplate } from "./success-template";
import type { TargetQueue } from "./target-queue";
import type { TokenAuthorizer } from "./token-authorizer";

/** Options of the API. */
export interface ApiOptions extends MessageOptions, RequestValidationOptions {
  /**
   * Name of the stage: the first part of the URL's path.
   * @default "prod"
   */
  readonly stageName?: string;
  /**
   * Milliseconds that API Gateway waits for SQS, 50 to 29,000; then the caller is told 504.
   * @default 5000
   */
  readonly integrationTimeoutMilliseconds?: number;
  /** @default "sqs" */
  readonly response?: ResponseOption;
  /**
   * Is there `POST /sqs/batch`, which takes 1 to 10 messages at once?
   * @default false
   */
  readonly batch?: boolean;
  /** @default - no other origin may call from a browser */
  readonly cors?: CorsOptions;
}

/** Props of {@link QueueLeveling}. */
export interface QueueLevelingProps extends ApiOptions {
  readonly location: AwsLocation;
  /** The queue that stores the messages. */
  readonly queue: TargetQueue;
  /** Name of the REST API. */
  readonly apiName: string;
  /**
   * Authorizer that protects the methods. It alone decides whether a caller needs a token.
   * @default - everybody who knows the URL may send
   */
  readonly authorizer?: TokenAuthorizer;
}

/**
 * The pattern: a regional REST API that hands the body of `POST /sqs` straight to an SQS queue, so that consumers drain
 * the queue at their own pace. A 2xx answer means that SQS has the message.
 * @see https://learn.microsoft.com/azure/architecture/patterns/queue-based-load-leveling
 */
export class QueueLeveling extends Construct {
  public readonly queue: TargetQueue;
  public readonly restApi: ApiGatewayRestApi;
  public readonly stage: ApiGatewayStage;
  /** The whole URL to which callers POST. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: QueueLevelingProps) {
    super(scope, id);
    const { queue, authorizer, stageName = "prod" } = props;
    this.queue = queue;
    this.restApi = this.createRestApi(props);
    authorizer?.attachTo(this.restApi);
    new GatewayResponses(this, "GatewayResponses", { restApi: this.restApi, cors: props.cors });
    const { role } = new IntegrationRole(this, "IntegrationRole", { queue });
    const resource = this.createResource("Resource", "sqs", this.restApi.rootResourceId);
    this.addPost(resource, role, props);
    if (props.batch) this.addBatch(resource, role, props);
    this.stage = new ApiDeployment(this, "Deployment", {
      restApi: this.restApi,
      stageName,
      parts: [this, ...(authorizer ? [authorizer] : [])],
      triggers: this.triggers(role, props),
    }).stage;
    this.url = `${this.stage.invokeUrl}/${resource.pathPart}`;
  }

  private createRestApi({ apiName, ...message }: QueueLevelingProps): ApiGatewayRestApi {
    return new ApiGatewayRestApi(this, "RestApi", {
      name: apiName,
      description: `Queue-based load leveling: POST /sqs sends to the queue ${this.queue.queueName}`,
      endpointConfiguration: { types: ["REGIONAL"] },
      binaryMediaTypes: [...base64ContentTypes(message)],
      dependsOn: [...this.queue.prerequisites],
    });
  }

  private createResource(id: string, pathPart: string, parentId: string): ApiGatewayResource {
    return new ApiGatewayResource(this, id, { restApiId: this.restApi.id, parentId, pathPart });
  }

  private addPost(resource: ApiGatewayResource, role: IamRole, props: QueueLevelingProps): void {
    const { messageGroupId, messageDeduplicationId, response = "sqs", cors } = props;
    const { requestSchema, requiredHeaders, requiredQueryParameters } = props;
    new SqsMethod(this, "Post", {
      ...this.methodProps(resource, role, props),
      requestTemplates: requestTemplates(props),
      validation: new RequestValidation(this, "PostValidation", {
        restApi: this.restApi,
        requestSchema,
        requiredHeaders,
        requiredQueryParameters,
      }),
      successTemplate: successTemplate(response, props.requestTemplates !== undefined),
      failureTemplate: errorTemplate({ messageGroupId, messageDeduplicationId }),
    });
    if (cors) new CorsPreflight(this, "Preflight", { resource, cors, headers: props });
  }

  private addBatch(parent: ApiGatewayResource, role: IamRole, props: QueueLevelingProps): void {
    const { messageGroupId, requiredHeaders, requiredQueryParameters, cors } = props;
    const resource = this.createResource("BatchResource", "batch", parent.id);
    new SqsMethod(this, "BatchPost", {
      ...this.methodProps(resource, role, props),
      requestTemplates: {
        "application/json": sendMessageBatchTemplate({
          attributes: messageAttributes(props),
          messageGroupId,
        }),
      },
      validation: new RequestValidation(this, "BatchValidation", {
        restApi: this.restApi,
        requestSchema: { "application/json": batchSchema() },
        requiredHeaders,
        requiredQueryParameters,
      }),
      successTemplate: batchResponseTemplate(),
      failureTemplate: errorTemplate({ messageGroupId }),
    });
    if (cors) new CorsPreflight(this, "BatchPreflight", { resource, cors, headers: props });
  }

  private methodProps(resource: ApiGatewayResource, role: IamRole, props: QueueLevelingProps) {
    const { location, authorizer, integrationTimeoutMilliseconds = 5000, cors } = props;
    return {
      location,
      resource,
      queue: this.queue,
      role,
      timeoutMilliseconds: integrationTimeoutMilliseconds,
      crossOrigin: crossOrigin(cors),
      authorizer,
    } satisfies Partial<SqsMethodProps>;
  }

  /** Ids and ARNs that a deployment freezes: resources that are made anew must reach the stage, too. */
  private triggers(role: IamRole, { location, authorizer }: QueueLevelingProps): Record<string, string> {
    return {
      queue_name: this.queue.queueName,
      region_name: location.regionName,
      integration_role: role.arn,
      ...(authorizer
        ? { authorizer: authorizer.authorizerId, authorizer_function: authorizer.functionArn }
        : {}),
    };
  }
}

import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { ApiDeployment } from "./api-deployment";
import type { AwsLocation } from "./aws-location";
import { IntegrationRole } from "./integration-role";
import { SqsMethod } from "./sqs-method";
import type { TokenAuthorizer } from "./token-authorizer";

/** Props of {@link QueueLeveling}. */
export interface QueueLevelingProps {
  readonly location: AwsLocation;
  /** Name of the queue, 1 to 80 letters, digits, hyphens and underscores. */
  readonly queueName: string;
  /**
   * Name of the stage: the first part of the URL's path.
   * @default "prod"
   */
  readonly stageName?: string;
  /**
   * Does Terraform refuse to destroy the queue, with the messages in it?
   * @default false
   */
  readonly preventDestroy?: boolean;
  /**
   * Authorizer that protects the method. It alone decides whether a caller needs a token.
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
  public readonly queue: SqsQueue;
  public readonly restApi: ApiGatewayRestApi;
  public readonly stage: ApiGatewayStage;
  /** The whole URL to which callers POST. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: QueueLevelingProps) {
    super(scope, id);
    const { location, queueName, stageName = "prod", preventDestroy = false, authorizer } = props;
    this.queue = new SqsQueue(this, "Queue", {
      name: queueName,
      kmsMasterKeyId: "alias/aws/sqs",
      ...(preventDestroy ? { lifecycle: { preventDestroy } } : {}),
    });
    this.restApi = new ApiGatewayRestApi(this, "RestApi", {
      name: queueName,
      description: `Queue-based load leveling: POST /sqs sends to the queue ${queueName}`,
      endpointConfiguration: { types: ["REGIONAL"] },
    });
    authorizer?.attachTo(this.restApi);

    const resource = new ApiGatewayResource(this, "Resource", {
      restApiId: this.restApi.id,
      parentId: this.restApi.rootResourceId,
      pathPart: "sqs",
    });
    const { role } = new IntegrationRole(this, "IntegrationRole", { queue: this.queue });
    const method = new SqsMethod(this, "Post", {
      location,
      resource,
      queue: this.queue,
      role,
      ...(authorizer ? { authorizer } : {}),
    });
    this.stage = new ApiDeployment(this, "Deployment", {
      restApi: this.restApi,
      stageName,
      parts: [resource, method, ...(authorizer ? [authorizer] : [])],
      triggers: {
        queue_name: queueName,
        region_name: location.regionName,
        integration_role: role.arn,
        ...(authorizer
          ? { authorizer: authorizer.authorizerId, authorizer_function: authorizer.functionArn }
          : {}),
      },
    }).stage;
    this.url = `${this.stage.invokeUrl}/${resource.pathPart}`;
  }
}

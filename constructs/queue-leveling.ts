import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { ApiDeployment, STAGE_SETTINGS } from "./api/api-deployment";
import { API_RULES, type AroundApi } from "./api/api-rules";
import { GatewayResponses } from "./api/gateway-responses";
import { IntegrationRole } from "./api/integration-role";
import { base64ContentTypes } from "./api/message";
import { addMethods, METHOD_SETTINGS } from "./api/methods";
import type { TokenAuthorizer } from "./authorizer/token-authorizer";
import type { AwsLocation } from "./aws-location";
import type { TargetQueue } from "./queue/target-queue";
import { checked, type Options, part } from "./setting";

/** Settings of the REST API. */
export const API_SETTINGS = { ...METHOD_SETTINGS, ...STAGE_SETTINGS };

/** Options of the API. */
export interface ApiOptions extends Options<typeof API_SETTINGS> {}

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
    const { queue, location, authorizer } = props;
    const settings = checked(this, API_SETTINGS, props, { rules: API_RULES, around: aroundApi(props) });
    this.queue = queue;
    this.restApi = this.createRestApi(props.apiName, base64ContentTypes(settings));
    const { restApi } = this;
    authorizer?.attachTo(restApi);
    new GatewayResponses(this, "GatewayResponses", { restApi, cors: settings.cors });
    const { role } = new IntegrationRole(this, "IntegrationRole", { queue });
    const resource = addMethods(this, { restApi, role, queue, location, authorizer, settings });
    this.stage = new ApiDeployment(this, "Deployment", {
      restApi,
      settings: part(STAGE_SETTINGS, settings),
      parts: [this, ...(authorizer ? [authorizer] : [])],
      triggers: this.triggers(role, props),
    }).stage;
    this.url = `${this.stage.invokeUrl}/${resource.pathPart}`;
  }

  private createRestApi(name: string, binaryMediaTypes: readonly string[]): ApiGatewayRestApi {
    return new ApiGatewayRestApi(this, "RestApi", {
      name,
      description: `Queue-based load leveling: POST /sqs sends to the queue ${this.queue.queueName}`,
      endpointConfiguration: { types: ["REGIONAL"] },
      binaryMediaTypes: [...binaryMediaTypes],
      dependsOn: [...this.queue.prerequisites],
    });
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

function aroundApi({ queue, authorizer }: QueueLevelingProps): AroundApi {
  const { isFifo, contentBasedDeduplication: deduplicatesByContent } = queue;
  return { hasAuthorizer: authorizer !== undefined, isFifo, deduplicatesByContent };
}

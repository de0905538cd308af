import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { ApiDeployment, redeploymentTriggers, STAGE_SETTINGS } from "./api/api-deployment";
import { API_RULES, type AroundApi } from "./api/api-rules";
import {
  EXISTING_REST_API_RULES,
  EXISTING_REST_API_SETTINGS,
  ExistingRestApi,
} from "./api/existing-rest-api";
import { GatewayResponses } from "./api/gateway-responses";
import { IntegrationRole } from "./api/integration-role";
import { base64ContentTypes } from "./api/message";
import { addMethods, METHOD_SETTINGS } from "./api/methods";
import type { TargetApi } from "./api/target-api";
import type { Authorization } from "./authorizer/authorization";
import type { AwsLocation } from "./aws-location";
import type { TargetQueue } from "./queue/target-queue";
import { type Checked, checked, type Options, part } from "./setting";

/** Settings of the REST API. */
export const API_SETTINGS = { ...METHOD_SETTINGS, ...STAGE_SETTINGS, ...EXISTING_REST_API_SETTINGS };

/** What has to hold between them. */
const RULES = [...API_RULES, ...EXISTING_REST_API_RULES];

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
   * What protects the methods, such as a `TokenAuthorizer`. It alone decides who may send.
   * @default - everybody who knows the URL may send
   */
  readonly authorizer?: Authorization;
}

/**
 * The pattern: a regional REST API that hands the body of `POST /sqs` straight to an SQS queue, so that consumers drain
 * the queue at their own pace. A 2xx answer means that SQS has the message.
 * @see https://learn.microsoft.com/azure/architecture/patterns/queue-based-load-leveling
 */
export class QueueLeveling extends Construct {
  public readonly queue: TargetQueue;
  public readonly restApi: TargetApi;
  /** The stage that the stack makes; an existing API may be deployed by others. */
  public readonly stage?: ApiGatewayStage;
  public readonly stageName: string;
  /** Triggers for the deployment of an existing API by others. */
  public readonly redeploymentTriggers?: Record<string, string>;
  /** Path of the resource to which callers POST, behind the stage. */
  public readonly resourcePath: string;
  /** The whole URL to which callers POST. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: QueueLevelingProps) {
    super(scope, id);
    const { queue, location, authorizer } = props;
    const settings = checked(this, API_SETTINGS, props, { rules: RULES, around: aroundApi(props) });
    this.queue = queue;
    const existing = this.existingRestApi(location, settings);
    const restApi = existing ?? this.createRestApi(props.apiName, base64ContentTypes(settings));
    this.restApi = restApi;
    authorizer?.attachTo(restApi);
    // They hold for the whole API, so an existing one keeps its own.
    if (!existing) new GatewayResponses(this, "GatewayResponses", { restApi, cors: settings.cors });
    const { role } = new IntegrationRole(this, "IntegrationRole", { queue, location });
    const resource = addMethods(this, { restApi, role, queue, location, authorizer, settings });
    const parts = {
      parts: [this, ...(authorizer ? [authorizer] : [])],
      triggers: this.triggers(role, props),
    };
    if (existing && !settings.deployExistingRestApi) {
      this.redeploymentTriggers = redeploymentTriggers(parts);
    } else {
      const stage = part(STAGE_SETTINGS, settings);
      this.stage = new ApiDeployment(this, "Deployment", { restApi, settings: stage, ...parts }).stage;
    }
    this.stageName = this.stage?.stageName ?? settings.stageName;
    const invokeUrl = this.stage?.invokeUrl ?? `${existing?.url ?? ""}/${settings.stageName}`;
    this.resourcePath = `${restApi.parentPath}/${resource.pathPart}`;
    this.url = `${invokeUrl}${this.resourcePath}`;
  }

  private existingRestApi(location: AwsLocation, settings: Checked<typeof EXISTING_REST_API_SETTINGS>) {
    const { existingRestApiId: id, existingRestApiParentPath: parentPath } = settings;
    if (id === undefined) return undefined;
    const { prerequisites } = this.queue;
    return new ExistingRestApi(this, "ExistingRestApi", { location, id, parentPath, prerequisites });
  }

  private createRestApi(name: string, binaryMediaTypes: readonly string[]): TargetApi {
    const {
      id,
      executionArn,
      rootResourceId: parentId,
    } = new ApiGatewayRestApi(this, "RestApi", {
      name,
      description: `Queue-based load leveling: POST /sqs sends to the queue ${this.queue.queueName}`,
      endpointConfiguration: { types: ["REGIONAL"] },
      binaryMediaTypes: [...binaryMediaTypes],
      dependsOn: [...this.queue.prerequisites],
    });
    return { id, executionArn, parentId, parentPath: "" };
  }

  /** Ids and ARNs that a deployment freezes: resources that are made anew must reach the stage, too. */
  private triggers(role: IamRole, { location, authorizer }: QueueLevelingProps): Record<string, string> {
    return {
      queue_name: this.queue.queueName,
      region_name: location.regionName,
      integration_role: role.arn,
      ...authorizer?.triggers,
    };
  }
}

function aroundApi({ queue, authorizer }: QueueLevelingProps): AroundApi {
  const { isFifo, contentBasedDeduplication: deduplicatesByContent } = queue;
  return { protection: authorizer, isFifo, deduplicatesByContent };
}

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
import { addResourcePolicy, RESOURCE_POLICY_RULES, RESOURCE_POLICY_SETTINGS } from "./api/resource-policy";
import { createRestApi, REST_API_RULES, REST_API_SETTINGS } from "./api/rest-api";
import { SecretHeader, type SecretHeaderValues } from "./api/secret-header";
import { StageThrottle, THROTTLE_RULES, THROTTLE_SETTINGS } from "./api/stage-throttle";
import type { TargetApi } from "./api/target-api";
import { hasApiKeys, USAGE_PLAN_RULES, USAGE_PLAN_SETTINGS, UsagePlan } from "./api/usage-plan";
import type { Authorization } from "./authorizer/authorization";
import type { AwsLocation } from "./aws-location";
import { CUSTOM_DOMAIN_RULES, CUSTOM_DOMAIN_SETTINGS, CustomDomain } from "./front/custom-domain";
import { WEB_ACL_SETTINGS, WebAcl } from "./front/web-acl";
import type { TargetQueue } from "./queue/target-queue";
import { type Checked, checked, type Options, part } from "./setting";

/** Settings of the REST API. */
export const API_SETTINGS = {
  ...METHOD_SETTINGS,
  ...REST_API_SETTINGS,
  ...RESOURCE_POLICY_SETTINGS,
  ...STAGE_SETTINGS,
  ...THROTTLE_SETTINGS,
  ...CUSTOM_DOMAIN_SETTINGS,
  ...WEB_ACL_SETTINGS,
  ...EXISTING_REST_API_SETTINGS,
};

/** What has to hold between them. */
export const LEVELING_RULES = [
  ...API_RULES,
  ...REST_API_RULES,
  ...RESOURCE_POLICY_RULES,
  ...USAGE_PLAN_RULES,
  ...THROTTLE_RULES,
  ...CUSTOM_DOMAIN_RULES,
  ...EXISTING_REST_API_RULES,
];

type ApiSettings = Checked<typeof API_SETTINGS>;

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
  /** Values of `secretHeader`: references to sensitive Terraform variables. Needed with it. */
  readonly secretHeaderValues?: SecretHeaderValues;
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
  /** The stage's own domain, where it has one. */
  public readonly customDomain?: CustomDomain;
  /** Path of the resource to which callers POST, behind the stage. */
  public readonly resourcePath: string;
  /** The whole URL to which callers POST. */
  public readonly url: string;
  /** The throttle of the stage, where the stack makes one. */
  public readonly throttle?: StageThrottle;
  /** The API keys that callers need, if they do. */
  public readonly usagePlan?: UsagePlan;

  constructor(scope: Construct, id: string, props: QueueLevelingProps) {
    super(scope, id);
    const { queue, location, authorizer } = props;
    const settings = checked(this, API_SETTINGS, props, { rules: LEVELING_RULES, around: aroundApi(props) });
    this.queue = queue;
    const existing = this.existingRestApi(location, settings);
    const restApi = existing ?? this.ownRestApi(props, settings);
    this.restApi = restApi;
    authorizer?.attachTo(restApi);
    const { role } = new IntegrationRole(this, "IntegrationRole", { queue, location });
    const secretHeader = this.createSecretHeader(settings.secretHeader, props.secretHeaderValues);
    const resource = addMethods(this, { restApi, role, queue, location, authorizer, secretHeader, settings });
    const parts = {
      parts: [this, ...(authorizer ? [authorizer] : [])],
      triggers: this.triggers(role, secretHeader, props),
    };
    if (existing && !settings.deployExistingRestApi) {
      this.redeploymentTriggers = redeploymentTriggers(parts);
    } else {
      const stageSettings = part(STAGE_SETTINGS, settings);
      const { stage } = new ApiDeployment(this, "Deployment", { restApi, settings: stageSettings, ...parts });
      this.stage = stage;
      this.throttle = new StageThrottle(this, "StageThrottle", {
        stage,
        settings: part(THROTTLE_SETTINGS, settings),
        isOpen: authorizer === undefined,
        priced: { ...settings, queue },
      });
      if (hasApiKeys(settings)) {
        const plan = part(USAGE_PLAN_SETTINGS, settings);
        this.usagePlan = new UsagePlan(this, "UsagePlan", { name: props.apiName, stage, settings: plan });
      }
    }
    this.stageName = this.stage?.stageName ?? settings.stageName;
    if (this.stage) this.customDomain = this.addFront(this.stage, location, settings);
    const stageUrl = this.customDomain?.url ?? this.stageUrl(restApi);
    this.resourcePath = `${restApi.parentPath}/${resource.pathPart}`;
    this.url = `${stageUrl}${this.resourcePath}`;
  }

  private existingRestApi(location: AwsLocation, settings: Checked<typeof EXISTING_REST_API_SETTINGS>) {
    const { existingRestApiId: id, existingRestApiParentPath: parentPath } = settings;
    if (id === undefined) return undefined;
    const { prerequisites } = this.queue;
    return new ExistingRestApi(this, "ExistingRestApi", { location, id, parentPath, prerequisites });
  }

  /** An API with what holds for all of it, which an existing one keeps as it is. */
  private ownRestApi(
    { apiName, location, authorizer }: QueueLevelingProps,
    settings: ApiSettings,
  ): TargetApi {
    const { queueName, prerequisites } = this.queue;
    const { cors, vpcEndpointIds = [] } = settings;
    const restApi = createRestApi(this, {
      name: apiName,
      description: `Queue-based load leveling: POST /sqs sends to the queue ${queueName}`,
      location,
      apiKeySource: settings.apiKeySource,
      binaryMediaTypes: base64ContentTypes(settings),
      prerequisites,
      settings: part(REST_API_SETTINGS, settings),
    });
    const openMethods = authorizer ? (cors ? ["OPTIONS"] : []) : ["*"];
    const policy = { vpcEndpointIds, openMethods, settings: part(RESOURCE_POLICY_SETTINGS, settings) };
    addResourcePolicy(this, { restApi, ...policy });
    new GatewayResponses(this, "GatewayResponses", { restApi, cors });
    return restApi;
  }

  /** What stands before a stage. It is made after the deployment, of which it is no part. */
  private addFront(stage: ApiGatewayStage, location: AwsLocation, settings: ApiSettings) {
    const { webAclArn, customDomain } = settings;
    if (webAclArn !== undefined) new WebAcl(this, "WebAcl", { stage, webAclArn, location });
    if (customDomain === undefined) return undefined;
    return new CustomDomain(this, "CustomDomain", {
      restApi: this.restApi,
      stage,
      location,
      settings: customDomain,
    });
  }

  private stageUrl({ url }: TargetApi): string {
    return url === undefined ? (this.stage?.invokeUrl ?? "") : `${url}/${this.stageName}`;
  }

  private createSecretHeader(name: string | undefined, values: SecretHeaderValues | undefined) {
    return name === undefined ? undefined : new SecretHeader(this, "SecretHeader", { name, values });
  }

  /** Ids and ARNs that a deployment freezes: resources that are made anew must reach the stage, too. */
  private triggers(
    role: IamRole,
    secretHeader: SecretHeader | undefined,
    { location, authorizer }: QueueLevelingProps,
  ): Record<string, string> {
    return {
      queue_name: this.queue.queueName,
      region_name: location.regionName,
      integration_role: role.arn,
      ...authorizer?.triggers,
      ...(secretHeader ? { secret_header: secretHeader.trigger } : {}),
    };
  }
}

function aroundApi({ queue, authorizer }: QueueLevelingProps): AroundApi {
  const { isFifo, contentBasedDeduplication: deduplicatesByContent } = queue;
  return { protection: authorizer, isFifo, deduplicatesByContent };
}

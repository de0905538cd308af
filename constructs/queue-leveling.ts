import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { redeploymentTriggers } from "./api/api-deployment";
import type { AroundApi } from "./api/api-rules";
import { API_SETTINGS, API_SETTINGS_RULES, type ApiOptions } from "./api/api-settings";
import { addExistingRestApi } from "./api/existing-rest-api";
import { IntegrationRole } from "./api/integration-role";
import { addMethods } from "./api/methods";
import { addOwnRestApi } from "./api/own-rest-api";
import { addOwnStage, type OwnStage } from "./api/own-stage";
import { addSecretHeader, type SecretHeader, type SecretHeaderValues } from "./api/secret-header";
import type { TargetApi } from "./api/target-api";
import type { Authorization } from "./authorizer/authorization";
import type { AwsLocation } from "./aws-location";
import type { TargetQueue } from "./queue/target-queue";
import { checked } from "./setting";

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
 * The pattern: a REST API that hands the body of `POST /sqs` straight to an SQS queue, so that consumers drain the queue at
 * their own pace. A 2xx answer means that SQS has the message.
 * @see https://learn.microsoft.com/azure/architecture/patterns/queue-based-load-leveling
 */
export class QueueLeveling extends Construct {
  public readonly queue: TargetQueue;
  public readonly restApi: TargetApi;
  /** The stage that the stack makes; an existing API may be deployed by others. */
  public readonly ownStage?: OwnStage;
  public readonly stageName: string;
  /** Triggers for the deployment of an existing API by others. */
  public readonly redeploymentTriggers?: Record<string, string>;
  /** Path of the resource to which callers POST, behind the stage. */
  public readonly resourcePath: string;
  /** The whole URL to which callers POST. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: QueueLevelingProps) {
    super(scope, id);
    const { queue, location, authorizer, apiName } = props;
    const rules = { rules: API_SETTINGS_RULES, around: aroundApi(props) };
    const settings = checked(this, API_SETTINGS, props, rules);
    const shared = { apiName, queue, location, authorizer, settings };
    this.queue = queue;
    const restApi = addExistingRestApi(this, shared) ?? addOwnRestApi(this, shared);
    this.restApi = restApi;
    authorizer?.attachTo(restApi);
    const { role } = new IntegrationRole(this, "IntegrationRole", { queue, location });
    const secretHeader = addSecretHeader(this, settings.secretHeader, props.secretHeaderValues);
    const { pathPart } = addMethods(this, { ...shared, restApi, role, secretHeader });
    const deployed = {
      parts: [this, ...(authorizer ? [authorizer] : [])],
      triggers: triggers(role, secretHeader, props),
    };
    if (settings.existingRestApiId === undefined || settings.deployExistingRestApi) {
      this.ownStage = addOwnStage(this, { ...shared, restApi, deployed });
    } else {
      this.redeploymentTriggers = redeploymentTriggers(deployed);
    }
    this.stageName = this.ownStage?.stage.stageName ?? settings.stageName;
    this.resourcePath = `${restApi.parentPath}/${pathPart}`;
    this.url = `${this.ownStage?.url ?? `${restApi.url ?? ""}/${this.stageName}`}${this.resourcePath}`;
  }
}

/** Ids and ARNs that a deployment freezes: resources that are made anew must reach the stage, too. */
function triggers(
  role: IamRole,
  secretHeader: SecretHeader | undefined,
  { queue, location, authorizer }: QueueLevelingProps,
): Record<string, string> {
  return {
    queue_name: queue.queueName,
    region_name: location.regionName,
    integration_role: role.arn,
    ...authorizer?.triggers,
    ...(secretHeader ? { secret_header: secretHeader.trigger } : {}),
  };
}

function aroundApi({ queue, authorizer }: QueueLevelingProps): AroundApi {
  const { isFifo, contentBasedDeduplication: deduplicatesByContent } = queue;
  return { protection: authorizer, isFifo, deduplicatesByContent };
}

import { Construct } from "constructs";
import { redeploymentTriggers } from "./api/api-deployment";
import { aroundApi } from "./api/api-rules";
import { API_SETTINGS, API_SETTINGS_RULES, type ApiOptions } from "./api/api-settings";
import { deploymentTriggers } from "./api/deployment-triggers";
import { addExistingRestApi } from "./api/existing-rest-api";
import { IntegrationRole, SENDING } from "./api/integration-role";
import { addMethods } from "./api/methods";
import { addOwnRestApi } from "./api/own-rest-api";
import { addOwnStage, type OwnStage } from "./api/own-stage";
import { addSecretHeader, type SecretHeaderValues } from "./api/secret-header";
import type { TargetApi } from "./api/target-api";
import type { Authorization } from "./authorizer/authorization";
import type { AwsLocation } from "./aws-location";
import type { LargeBodyBucket } from "./large-bodies/large-body-bucket";
import { type OwnQueues, queuesBeside } from "./queue/own-queue";
import type { TargetQueue } from "./queue/target-queue";
import { type AddedRoute, addRoutes } from "./route/routes";
import { checked } from "./setting";
import { withSender } from "./webhook/sender-settings";
import { addVerifyToken } from "./webhook/verify-token";
import { addWebhooks, type Webhook } from "./webhook/webhooks";

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
  /** Queues beside the first, by key: of the entries of `webhook` that have `ownQueue`, of `routes` and of `queues`. */
  readonly ownQueues?: OwnQueues;
  /** The bucket that keeps large bodies, which notifies the queue. Needed with `largeBodies`. */
  readonly largeBodyBucket?: LargeBodyBucket | undefined;
  /** Reference to a sensitive Terraform variable. Needed where a sender's handshake compares a verify token. */
  readonly webhookVerifyToken?: string;
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
  public readonly webhooks: readonly Webhook[];
  public readonly routes: readonly AddedRoute[];
  /** Triggers for the deployment of an existing API by others. */
  public readonly redeploymentTriggers?: Record<string, string>;
  /** Path of the resource to which callers POST, behind the stage. */
  public readonly resourcePath: string;
  /** The whole URL to which callers POST. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: QueueLevelingProps) {
    super(scope, id);
    const { queue, location, authorizer, largeBodyBucket, ownQueues = {} } = props;
    const checks = { rules: API_SETTINGS_RULES, around: aroundApi(props) };
    const settings = checked(this, API_SETTINGS, withSender(props, checks.around), checks);
    const prerequisites = [queue, ...Object.values(ownQueues)].flatMap((one) => one.prerequisites);
    const shared = { ...props, settings, ownQueues, prerequisites };
    this.queue = queue;
    const restApi = addExistingRestApi(this, shared) ?? addOwnRestApi(this, shared);
    this.restApi = restApi;
    authorizer?.attachTo(restApi);
    const otherQueues = queuesBeside(ownQueues);
    const sending = { queue, otherQueues, direction: SENDING, location };
    const { role } = new IntegrationRole(this, "IntegrationRole", sending);
    const secretHeader = addSecretHeader(this, settings.secretHeader, props.secretHeaderValues);
    const verifyToken = addVerifyToken(this, settings.webhook, props.webhookVerifyToken);
    const methods = { ...shared, restApi, role, secretHeader, verifyTokens: verifyToken?.values ?? [] };
    const { pathPart, receiveRole } = addMethods(this, methods);
    this.webhooks = addWebhooks(this, methods);
    this.routes = addRoutes(this, methods);
    const deployed = {
      parts: [this, ...[authorizer, largeBodyBucket].filter((part) => part !== undefined)],
      triggers: deploymentTriggers({ ...methods, receiveRole, verifyToken, routes: this.routes }),
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

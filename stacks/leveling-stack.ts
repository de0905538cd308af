import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import * as v from "valibot";
import { STACK_TAG } from "../aws/own-resources";
import { Consumer } from "../constructs/consumer/consumer";
import type { CONSUMER_SETTINGS } from "../constructs/consumer/consumer-settings";
import { AwsLocation, LOCATION_SETTINGS } from "../constructs/aws-location";
import { type EXISTING_QUEUE_SETTINGS, ExistingQueue } from "../constructs/queue/existing-queue";
import { addLargeBodyBucket } from "../constructs/large-bodies/large-body-bucket";
import { LeveledQueue, type QueueOptions } from "../constructs/queue/leveled-queue";
import { queueFacts } from "../constructs/queue/queue-facts";
import { ownQueueId, ownQueueSuffix } from "../constructs/queue/own-queue";
import { firstNameLength, plannedQueues } from "../constructs/queue/planned-queues";
import { ENVIRONMENT, QUEUE_NAME_SETTINGS } from "../constructs/queue/queue-name";
import { guardQueueNames } from "../constructs/queue/target-queue";
import type { ApiOptions } from "../constructs/api/api-settings";
import { requestIdNote } from "../constructs/api/message";
import { addObservability, type ObservabilityOptions } from "../constructs/observability/observability";
import type { QueueLeveling, QueueLevelingProps } from "../constructs/queue-leveling";
import { checked, type Only, type Options } from "../constructs/setting";
import { type Backend, StateBackend } from "../constructs/state-backend";
import { TAG_SETTINGS } from "../constructs/tags";
import { withSender } from "../constructs/webhook/sender-settings";
import { needsVerifyToken } from "../constructs/webhook/verify-token";
import type { CurlExample } from "./curl-example";
import { DeployedRegion } from "./deployed-region";
import { hclDocument } from "./hcl-document";
import { addOutputs } from "./outputs";
import {
  awsRegionNameVariable,
  secretHeaderVariables,
  storageSqsQueueNameVariable,
  verifyTokenVariable,
} from "./variables";

/** Props of {@link LevelingStack}: the settings. Of those without a default, Terraform asks for the Region and the queue's name. */
export interface LevelingStackProps
  extends
    QueueOptions,
    ApiOptions,
    ObservabilityOptions,
    Only<"awsRegionName", Options<typeof LOCATION_SETTINGS>>,
    Only<"storageSqsQueueName", Options<typeof QUEUE_NAME_SETTINGS>>,
    Only<"consumer", Options<typeof CONSUMER_SETTINGS>>,
    Only<"existingQueueArn", Options<typeof EXISTING_QUEUE_SETTINGS>>,
    Only<"tags", Options<typeof TAG_SETTINGS>> {
  /**
   * Name of the environment: it ends the queue's name and the state's, and becomes the tag `Environment`.
   * @default - there is only one
   */
  readonly environment?: string | undefined;
  readonly backend: Backend;
}

/** What no construct below the stack sees as it is given. */
const OWN_SETTINGS = {
  ...LOCATION_SETTINGS,
  ...QUEUE_NAME_SETTINGS,
  ...TAG_SETTINGS,
  environment: v.optional(ENVIRONMENT),
};

type QueuesAndName = Pick<QueueLevelingProps, "queue" | "apiName" | "ownQueues" | "largeBodyBucket">;

/** The AWS provider's range that the project proves at both ends: compiled against 6.x, applied with 5.100.0. */
const AWS_PROVIDER_VERSION = ">= 5.100.0, < 7.0.0";

/** From here on the provider lets a queue's messages be larger than 262,144 bytes. */
const AWS_PROVIDER_VERSION_FOR_LARGE_MESSAGES = ">= 6.8.0, < 7.0.0";

/** From here on, as far as is known, the provider knows the security policy of a REST API: the schema of 6.54.0 has it. */
const AWS_PROVIDER_VERSION_FOR_SECURITY_POLICIES = ">= 6.54.0, < 7.0.0";

/** What both stacks share: backend, provider, variables, queue and outputs. */
export abstract class LevelingStack extends TerraformStack {
  /** What is to be told at synthesis, with the names of settings in backticks. */
  public notes: readonly string[] = [];
  /** What both stacks tell the shared construct. */
  protected readonly levelingProps: QueueLevelingProps;
  private readonly observability: ObservabilityOptions;
  private readonly consumer: Consumer | undefined;
  /** The stack's id with its environment. */
  protected readonly fullName: string;

  constructor(scope: Construct, id: string, given: LevelingStackProps) {
    super(scope, id);
    const props = withSender(given, queueFacts(given));
    const { awsRegionName, environment } = checked(this, OWN_SETTINGS, props);
    const { backend } = props;
    const suffix = environment === undefined ? "" : `-${environment}`;
    const name = `${id}${suffix}`;
    this.fullName = name;
    this.observability = { alarms: props.alarms, dashboard: props.dashboard };
    new StateBackend(this, name, backend);
    const region = awsRegionNameVariable(this, awsRegionName);
    this.addProvider(name, new DeployedRegion(this, "DeployedRegion", { variable: region }), props);
    this.addOverride("terraform.required_version", requiredVersion(backend));
    this.addOverride("terraform.required_providers.aws.version", providerVersion(props));
    const location = new AwsLocation(this, "AwsLocation", { regionName: region.stringValue });
    this.levelingProps = {
      ...props,
      location,
      ...this.createQueues(location, suffix, props),
      ...(props.secretHeader === undefined ? {} : { secretHeaderValues: secretHeaderVariables(this) }),
      ...(needsVerifyToken(props.webhook) && { webhookVerifyToken: verifyTokenVariable(this).stringValue }),
    };
    this.consumer = this.createConsumer(props);
  }

  /** What `cdktf synth --hcl` writes. */
  public override toHclTerraform(): Record<string, unknown> {
    const document = this.toTerraform() as Record<string, unknown>;
    return { hcl: hclDocument(document), metadata: { "//": document["//"], terraform: document.terraform } };
  }

  private createQueues(location: AwsLocation, suffix: string, props: LevelingStackProps): QueuesAndName {
    const { existingQueueArn, storageSqsQueueName, fifo = false, preventDestroy } = props;
    const planned = plannedQueues(props);
    if (preventDestroy) {
      guardQueueNames(
        this,
        "OwnQueues",
        planned.map(({ key }) => key),
      );
    }
    if (existingQueueArn !== undefined) {
      const queue = new ExistingQueue(this, "Queue", { ...props, location, existingQueueArn });
      return { queue, apiName: `${queue.queueName}${suffix}` };
    }
    const length = firstNameLength(props);
    const name = storageSqsQueueNameVariable(this, storageSqsQueueName, length, fifo).stringValue;
    const baseName = fifo ? Fn.trimsuffix(name, ".fifo") : name;
    const queueName = `${baseName}${suffix}`;
    // These are about one queue, by its ARN.
    const aboutOne = {
      adoptQueue: undefined,
      keepQueueAttributes: undefined,
      queuePolicyStatements: undefined,
    };
    const others = planned.map(({ key, options }) => {
      const config = { ...props, ...aboutOne, ...options, location };
      const ownName = `${baseName}-${ownQueueSuffix(key)}${suffix}`;
      return [
        key,
        new LeveledQueue(this, `${ownQueueId(key)}Queue`, { ...config, queueName: ownName }),
      ] as const;
    });
    const largeBodyBucket = addLargeBodyBucket(this, location, props);
    const queue = new LeveledQueue(this, "Queue", { ...props, location, queueName, largeBodyBucket });
    largeBodyBucket?.notify(queue);
    return {
      queue,
      largeBodyBucket,
      apiName: queueName,
      ownQueues: Object.fromEntries(others),
    };
  }

  private createConsumer({ consumer }: LevelingStackProps): Consumer | undefined {
    if (consumer === undefined) return undefined;
    const functionName = `queue-leveling-${this.fullName}-consumer`;
    return new Consumer(this, "Consumer", { ...this.levelingProps, functionName, consumer });
  }

  private addProvider(name: string, region: DeployedRegion, props: LevelingStackProps): void {
    const { tags, environment } = props;
    const allTags = {
      ...tags,
      ...(environment === undefined ? {} : { Environment: environment }),
      [STACK_TAG]: name,
    };
    new AwsProvider(this, "aws", { region: region.regionName, defaultTags: [{ tags: allTags }] });
  }

  /** @param curl what a first request has for the stack's authorization */
  protected finish(leveling: QueueLeveling, curl: CurlExample): void {
    const ofMessages = requestIdNote(this.levelingProps);
    const notes = [leveling.ownStage?.notes ?? [], this.consumer?.notes ?? [], ofMessages ?? []];
    this.notes = notes.flat();
    const accessLog = leveling.ownStage?.logs.accessLog;
    const dashboard = addObservability(this, {
      ...this.levelingProps,
      ...this.observability,
      leveling,
      accessLogGroupName: accessLog?.hasStandardFormat ? accessLog.logGroup.name : undefined,
    });
    addOutputs(this, leveling, { ...this.levelingProps, curl, dashboard, consumer: this.consumer });
  }
}

/** S3's lock file without DynamoDB came with Terraform 1.10 (and OpenTofu 1.10), the backend `oci` with Terraform 1.12. */
function requiredVersion({ type, arguments: args }: Backend): string {
  if (type === "oci") return ">= 1.12.0";
  return type === "s3" && args.use_lockfile === true ? ">= 1.10.0" : ">= 1.5.0";
}

function providerVersion(props: LevelingStackProps): string {
  if (props.securityPolicy !== undefined) return AWS_PROVIDER_VERSION_FOR_SECURITY_POLICIES;
  const sizes = [props, ...plannedQueues(props).map(({ options }) => options)].map(
    ({ maxMessageSize = 0 }) => maxMessageSize,
  );
  return Math.max(...sizes) > 262_144 ? AWS_PROVIDER_VERSION_FOR_LARGE_MESSAGES : AWS_PROVIDER_VERSION;
}

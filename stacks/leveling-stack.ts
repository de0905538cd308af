import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AwsLocation } from "../constructs/aws-location";
import { ExistingQueue } from "../constructs/existing-queue";
import { LeveledQueue, type QueueOptions } from "../constructs/leveled-queue";
import type { ApiOptions, QueueLeveling, QueueLevelingProps } from "../constructs/queue-leveling";
import type { Backend } from "./backend-settings";
import { DeployedRegion } from "./deployed-region";
import { queueNameLength } from "./queue-name-length";
import { StateBackend } from "./state-backend";
import { awsRegionNameVariable, storageSqsQueueNameVariable } from "./variables";

/** Props of {@link LevelingStack}: the settings, and options of the queue and the API. */
export interface LevelingStackProps extends QueueOptions, ApiOptions {
  /** @default - Terraform asks for it */
  readonly awsRegionName?: string;
  /** @default - Terraform asks for it */
  readonly storageSqsQueueName?: string;
  /**
   * ARN of a queue that takes the messages, in the place of one of the stack's own.
   * @default - the stack makes a queue
   */
  readonly existingQueueArn?: string;
  /**
   * Tags of every resource that can have some, beside `queue-leveling:stack`, which finds what a stack has made.
   * @default - none but `Environment`, where there is one
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Name of the environment: it ends the queue's name and the state's, and becomes the tag `Environment`.
   * @default - there is only one
   */
  readonly environment?: string | undefined;
  readonly backend: Backend;
}

type QueueAndName = Pick<QueueLevelingProps, "queue" | "apiName">;

/** The AWS provider's range that the project proves at both ends: compiled against 6.x, applied with 5.100.0. */
const AWS_PROVIDER_VERSION = ">= 5.100.0, < 7.0.0";

/** From here on the provider lets a queue's messages be larger than 262,144 bytes. */
const AWS_PROVIDER_VERSION_FOR_LARGE_MESSAGES = ">= 6.8.0, < 7.0.0";

/** What both stacks share: backend, provider, variables, queue and outputs. */
export abstract class LevelingStack extends TerraformStack {
  /** What both stacks tell the shared construct. */
  protected readonly levelingProps: QueueLevelingProps;

  constructor(scope: Construct, id: string, props: LevelingStackProps) {
    super(scope, id);
    const { awsRegionName, environment, backend } = props;
    const suffix = environment === undefined ? "" : `-${environment}`;
    const name = `${id}${suffix}`;
    new StateBackend(this, name, backend);
    const region = awsRegionNameVariable(this, awsRegionName);
    this.addProvider(name, new DeployedRegion(this, "DeployedRegion", { variable: region }), props);
    this.addOverride("terraform.required_version", requiredVersion(backend));
    this.addOverride("terraform.required_providers.aws.version", providerVersion(props));
    const location = new AwsLocation(this, "AwsLocation", { regionName: region.stringValue });
    this.levelingProps = { ...props, location, ...this.createQueue(location, suffix, props) };
  }

  private createQueue(location: AwsLocation, suffix: string, props: LevelingStackProps): QueueAndName {
    const { existingQueueArn, encryption = "", preventDestroy, storageSqsQueueName, fifo = false } = props;
    if (existingQueueArn !== undefined) {
      const queue = new ExistingQueue(this, "Queue", {
        location,
        queueArn: existingQueueArn,
        preventDestroy,
        ...(encryption.startsWith("arn:") ? { encryptionKeyArn: encryption } : {}),
      });
      return { queue, apiName: `${queue.queueName}${suffix}` };
    }
    const length = queueNameLength(props);
    const name = storageSqsQueueNameVariable(this, storageSqsQueueName, length, fifo).stringValue;
    const queueName = `${fifo ? Fn.trimsuffix(name, ".fifo") : name}${suffix}`;
    return { queue: new LeveledQueue(this, "Queue", { ...props, location, queueName }), apiName: queueName };
  }

  private addProvider(name: string, region: DeployedRegion, props: LevelingStackProps): void {
    const { tags, environment } = props;
    const allTags = {
      ...tags,
      ...(environment === undefined ? {} : { Environment: environment }),
      "queue-leveling:stack": name,
    };
    new AwsProvider(this, "aws", { region: region.regionName, defaultTags: [{ tags: allTags }] });
  }

  protected addOutputs({ url, queue, restApi, stage }: QueueLeveling, curlHeaders: readonly string[]): void {
    const output = (name: string, value: string, description: string) =>
      new TerraformOutput(this, name, { value, description, staticId: true });
    output("api_url", url, "The whole URL to which callers POST.");
    output("queue_url", queue.url, "URL of the queue, for consumers.");
    output("queue_arn", queue.arn, "ARN of the queue, for consumers' policies.");
    output("rest_api_id", restApi.id, "Id of the REST API.");
    output("stage_name", stage.stageName, "Name of the API's stage.");
    const headers = [...curlHeaders, "Content-Type: application/json"]
      .map((header) => `-H "${header}"`)
      .join(" ");
    output(
      "curl_example",
      `curl -X POST ${url} ${headers} --data '{"status": "ok"}'`,
      "A first message to send.",
    );
  }
}

/** The S3 backend locks without DynamoDB from Terraform 1.10 (and OpenTofu 1.10) on. */
function requiredVersion({ type, arguments: args }: Backend): string {
  return type === "s3" && args.use_lockfile === true ? ">= 1.10.0" : ">= 1.5.0";
}

function providerVersion({ maxMessageSize = 0 }: LevelingStackProps): string {
  return maxMessageSize > 262_144 ? AWS_PROVIDER_VERSION_FOR_LARGE_MESSAGES : AWS_PROVIDER_VERSION;
}

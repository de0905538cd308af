import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AwsLocation } from "../constructs/aws-location";
import type { QueueLeveling, QueueLevelingProps } from "../constructs/queue-leveling";
import type { Backend } from "./backend-settings";
import { StateBackend } from "./state-backend";
import { awsRegionNameVariable, storageSqsQueueNameVariable } from "./variables";

/** Props of {@link LevelingStack}. */
export interface LevelingStackProps {
  /** @default - Terraform asks for it */
  readonly awsRegionName?: string;
  /** @default - Terraform asks for it */
  readonly storageSqsQueueName?: string;
  /** @default "prod" */
  readonly stageName?: string;
  /**
   * Does Terraform refuse to destroy the queue, with the messages in it?
   * @default false
   */
  readonly preventDestroy?: boolean;
  /**
   * Tags of every resource that can have some.
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

/** The AWS provider's range that the project proves at both ends: compiled against 6.x, applied with 5.100.0. */
const AWS_PROVIDER_VERSION = ">= 5.100.0, < 7.0.0";

/** What both stacks share: backend, provider, variables and outputs. */
export abstract class LevelingStack extends TerraformStack {
  /** What both stacks tell the shared construct. */
  protected readonly levelingProps: QueueLevelingProps;

  constructor(scope: Construct, id: string, props: LevelingStackProps) {
    super(scope, id);
    const { awsRegionName, storageSqsQueueName, stageName, preventDestroy, environment, backend } = props;
    const suffix = environment === undefined ? "" : `-${environment}`;
    new StateBackend(this, `${id}${suffix}`, backend);
    const regionName = awsRegionNameVariable(this, awsRegionName).stringValue;
    const queueName = storageSqsQueueNameVariable(this, storageSqsQueueName, suffix.length).stringValue;
    this.addProvider(regionName, props);
    this.addOverride("terraform.required_version", requiredVersion(backend));
    this.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER_VERSION);
    this.levelingProps = {
      location: new AwsLocation(this, "AwsLocation", { regionName }),
      queueName: `${queueName}${suffix}`,
      stageName: stageName ?? "prod",
      preventDestroy: preventDestroy ?? false,
    };
  }

  private addProvider(region: string, { tags, environment }: LevelingStackProps): void {
    const allTags = { ...tags, ...(environment === undefined ? {} : { Environment: environment }) };
    new AwsProvider(this, "aws", {
      region,
      ...(Object.keys(allTags).length === 0 ? {} : { defaultTags: [{ tags: allTags }] }),
    });
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

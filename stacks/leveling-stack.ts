import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AwsEnvironment } from "../constructs/aws-environment";
import type { QueueLeveling } from "../constructs/queue-leveling";
import type { Backend } from "./backend-settings";
import { StateBackend } from "./state-backend";
import { awsRegionNameVariable, storageSqsQueueNameVariable } from "./variables";

/** Props of {@link LevelingStack}. */
export interface LevelingStackProps {
  /** @default - Terraform asks for it */
  readonly awsRegionName?: string;
  /** @default - Terraform asks for it */
  readonly storageSqsQueueName?: string;
  readonly backend: Backend;
}

/** The AWS provider's range that the project proves at both ends: compiled against 6.x, applied with 5.100.0. */
const AWS_PROVIDER_VERSION = ">= 5.100.0, < 7.0.0";

/** What both stacks share: backend, provider, variables and outputs. */
export abstract class LevelingStack extends TerraformStack {
  protected readonly environment: AwsEnvironment;
  protected readonly queueName: string;

  constructor(
    scope: Construct,
    id: string,
    { awsRegionName, storageSqsQueueName, backend }: LevelingStackProps,
  ) {
    super(scope, id);
    new StateBackend(this, id, backend);
    const regionName = awsRegionNameVariable(this, awsRegionName).stringValue;
    new AwsProvider(this, "aws", { region: regionName });
    this.addOverride("terraform.required_version", requiredVersion(backend));
    this.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER_VERSION);
    this.environment = new AwsEnvironment(this, "Environment", { regionName });
    this.queueName = storageSqsQueueNameVariable(this, storageSqsQueueName).stringValue;
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

import { createHash } from "node:crypto";
import { ApiGatewayClientCertificate } from "@cdktf/provider-aws/lib/api-gateway-client-certificate";
import { ApiGatewayStage, type ApiGatewayStageConfig } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { type IResolveContext, Lazy, type TerraformMetaArguments, TerraformResource } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import * as v from "valibot";
import type { StageLogs } from "../observability/stage-logs";
import { flag, text } from "../schema";
import type { Checked, Only } from "../setting";
import { addDeployments, CANARY_SETTINGS } from "./canary";
import type { RestApiReference } from "./target-api";

/** Settings of the stage. */
export const STAGE_SETTINGS = {
  /** Name of the stage, the first part of the URL's path. */
  stageName: v.optional(
    text({
      pattern: "^[A-Za-z0-9_]{1,128}$",
      allowed: "1 to 128 letters, digits and underscores",
      example: "prod",
      mayBeToken: true,
    }),
    "prod",
  ),
  /**
   * A certificate with which API Gateway shows itself to an HTTP backend. SQS asks for none, since a role calls it: only a rule that
   * wants one on every stage is served by it. It ends after a year; replace it before.
   */
  clientCertificate: v.optional(flag("give the stage a client certificate"), false),
  ...CANARY_SETTINGS,
};

/** What API Gateway freezes into a deployment. */
export interface DeployedParts {
  /** Every construct whose resources make up the API; what stands below them is found. */
  readonly parts: readonly IConstruct[];
  /** Values known only to Terraform that reach the API, such as variables: each is a trigger of its own. */
  readonly triggers: Readonly<Record<string, string>>;
}

/** Props of {@link ApiDeployment}. */
export interface ApiDeploymentProps extends DeployedParts {
  readonly restApi: RestApiReference;
  readonly settings: Checked<typeof STAGE_SETTINGS>;
  /** What the stage says beside them, of logs and traces. */
  readonly stageConfig?: StageLogs["stageConfig"];
}

type StageAttribute = Exclude<keyof ApiGatewayStageConfig, keyof TerraformMetaArguments>;

/**
 * A deployment of the API and the stage that serves it.
 *
 * The deployment is replaced, and the stage pointed at the new one, whenever anything that API Gateway freezes into a
 * deployment changes. The hash is taken at synth over the resources' own configuration: Terraform's usual run-time
 * `sha1(jsonencode(resource))` depends on values that are unknown during plan, and gives inconsistent plans.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_deployment
 */
export class ApiDeployment extends Construct {
  public readonly stage: ApiGatewayStage;

  constructor(
    scope: Construct,
    id: string,
    { restApi, settings, stageConfig, ...deployed }: ApiDeploymentProps,
  ) {
    super(scope, id);
    const { clientCertificate, canary, ...attributes } = settings;
    const frozen = {
      restApiId: restApi.id,
      triggers: redeploymentTriggers(deployed),
      dependsOn: [...apiGatewayResources(deployed), ...permissions(deployed), ...store(deployed)],
    };
    this.stage = new ApiGatewayStage(this, "Stage", {
      restApiId: restApi.id,
      ...addDeployments(this, frozen, canary),
      ...(clientCertificate && {
        clientCertificateId: new ApiGatewayClientCertificate(this, "ClientCertificate").id,
      }),
      ...(attributes satisfies Only<StageAttribute, typeof attributes>),
      ...stageConfig,
    });
  }
}

/** Attributes that API Gateway does not freeze into a deployment. */
const NOT_DEPLOYED = new Set(["//", "depends_on", "lifecycle", "provider", "tags", "tags_all"]);

/** What tells that the parts have to be deployed again: changes whenever API Gateway would freeze something else. */
export function redeploymentTriggers(deployed: DeployedParts): Record<string, string> {
  const resources = apiGatewayResources(deployed);
  return {
    configuration: Lazy.stringValue({ produce: (context) => configurationHash(resources, context) }),
    ...deployed.triggers,
  };
}

function apiGatewayResources(deployed: DeployedParts): TerraformResource[] {
  return resourcesOf(deployed, (type) => type.startsWith("aws_api_gateway_"));
}

/**
 * What lets API Gateway call what a deployment names. It is there before the deployment is, and one that is dropped goes after the
 * deployment that needed it: else callers would be answered 500 in between.
 */
function permissions(deployed: DeployedParts): TerraformResource[] {
  return resourcesOf(deployed, (type) => type === "aws_lambda_permission" || type === "aws_iam_role_policy");
}

/**
 * All that makes up the bucket of large bodies, by the same rule: a body that is stored before S3 notifies the queue, or after, would
 * wait for a pointer that never comes.
 */
function store(deployed: DeployedParts): TerraformResource[] {
  return resourcesOf(deployed, (type) => type.startsWith("aws_s3_bucket"));
}

function resourcesOf({ parts }: DeployedParts, isWanted: (type: string) => boolean): TerraformResource[] {
  return parts
    .flatMap((part) => part.node.findAll())
    .filter((child) => child instanceof TerraformResource)
    .filter((resource) => isWanted(resource.terraformResourceType));
}

/** While cdktf prepares, it only looks for references between stacks, and finds those of the resources in themselves. */
function configurationHash(resources: readonly TerraformResource[], context: IResolveContext): string {
  if (context.preparing) return "";
  const configurations = resources.map((resource) => context.resolve(resource.toTerraform()) as unknown);
  return createHash("sha256").update(JSON.stringify(configurations, deployedOnly)).digest("hex");
}

function deployedOnly(key: string, value: unknown): unknown {
  if (NOT_DEPLOYED.has(key)) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { DataAwsApiGatewayResource } from "@cdktf/provider-aws/lib/data-aws-api-gateway-resource";
import { DataAwsApiGatewayRestApi } from "@cdktf/provider-aws/lib/data-aws-api-gateway-rest-api";
import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import type { AwsLocation } from "../aws-location";
import { flag, text } from "../schema";
import type { Checked, Rule } from "../setting";
import type { STAGE_SETTINGS } from "./api-deployment";
import type { CUSTOM_DOMAIN_SETTINGS } from "../front/custom-domain";
import type { WEB_ACL_SETTINGS } from "../front/web-acl";
import type { STAGE_LOGS_SETTINGS } from "../observability/stage-logs";
import type { GATEWAY_RESPONSE_SETTINGS } from "./gateway-responses";
import { binaryMediaTypes } from "./binary-media-types";
import { base64ContentTypes } from "./message";
import type { METHOD_SETTINGS } from "./methods";
import type { RESOURCE_POLICY_SETTINGS } from "./resource-policy";
import type { REST_API_SETTINGS } from "./rest-api";
import type { TargetApi } from "./target-api";

/** Settings of a REST API that is there already. */
export const EXISTING_REST_API_SETTINGS = {
  /**
   * Id of a REST API of this account and Region that gets the methods; the stack makes none. All that holds for the whole
   * API stays as it is: its gateway responses, which answer for API Gateway, and its binary media types. On a deployed
   * stack it takes the stack's own API away, and its URL.
   */
  existingRestApiId: v.optional(
    text({
      pattern: "^[a-z0-9]{10}$",
      allowed: "the id of a REST API, 10 lower-case letters and digits",
      example: "a1b2c3d4e5",
    }),
  ),
  /**
   * Name of that API. CloudWatch knows an API by its name, so `alarms` and `dashboard` need it; it has to be the only API of that name
   * in the account and Region.
   */
  existingRestApiName: v.optional(
    text({
      // Of all that AWS takes, what means nothing to Terraform.
      pattern: '^[^\\u0000-\\u001f"$%\\\\]{1,1024}$',
      allowed: "the name of that REST API",
      example: "shop",
    }),
  ),
  /** Path of the resource of that API below which `/sqs` stands; it has to exist. */
  existingRestApiParentPath: v.optional(
    text({
      pattern: "^/$|^(/([A-Za-z0-9._:-]+|[{][A-Za-z0-9._-]+[}]))+$",
      allowed: "the path of a resource, which starts with a slash and does not end in one",
      example: "/orders",
    }),
    "/",
  ),
  /**
   * Makes a deployment of that API, of **all** that stands in it now, and a stage `stageName` that serves it. Without it you
   * deploy the API yourself, with the output `redeployment_triggers` among its triggers, and `stageName` is your stage.
   */
  deployExistingRestApi: v.optional(flag("make a deployment and a stage of that API"), false),
};

type OfApi = typeof REST_API_SETTINGS & typeof RESOURCE_POLICY_SETTINGS & typeof GATEWAY_RESPONSE_SETTINGS;
type OfStage = typeof CUSTOM_DOMAIN_SETTINGS &
  typeof WEB_ACL_SETTINGS &
  typeof STAGE_SETTINGS &
  typeof STAGE_LOGS_SETTINGS;
type Settings = typeof EXISTING_REST_API_SETTINGS & typeof METHOD_SETTINGS & OfApi & OfStage;

/** What holds for a whole API: its owner's. */
const OF_THE_API: readonly (keyof OfApi)[] = [
  "allowedIpAddresses",
  "deniedIpAddresses",
  "vpcEndpointIds",
  "disableExecuteApiEndpoint",
  "securityPolicy",
  "endpointAccessMode",
  "wwwAuthenticate",
];

/** What a stage has, and nobody but who makes it gives it. */
const OF_THE_STAGE: readonly (keyof OfStage)[] = [
  "customDomain",
  "webAclArn",
  "clientCertificate",
  "accessLog",
  "executionLogLevel",
  "detailedMetrics",
  "xrayTracing",
  "cloudwatchRole",
];

/** What has to hold between the settings of an existing REST API, and those that it sets bounds to. */
export const EXISTING_REST_API_RULES: readonly Rule<Settings>[] = [
  {
    setting: ["existingRestApiName", "existingRestApiParentPath", "deployExistingRestApi"],
    isBroken: (facts, setting) => facts[setting] !== undefined && facts.existingRestApiId === undefined,
    wrong: "needs an existing REST API",
    allowed: "this setting together with `existingRestApiId`",
    mend: "Write `existingRestApiId`, or drop it.",
  },
  {
    setting: "stageName",
    isBroken: ({ existingRestApiId, stageName }) =>
      existingRestApiId !== undefined && stageName === undefined,
    because: ["existingRestApiId"],
    wrong: "is missing",
    allowed: "the stage that serves the existing REST API, or with `deployExistingRestApi`: true a new one",
    mend: 'Write for example `stageName`: "v1".',
  },
  {
    setting: ["binaryContentTypes", "contentTypes"],
    isBroken: (facts, setting) =>
      facts.existingRestApiId !== undefined &&
      facts[setting] !== undefined &&
      base64ContentTypes(facts).length > 0,
    wrong: "needs binary media types of the REST API, which hold for all that is in it",
    allowed: "content types that are text where the REST API is not the stack's",
    mend: "Drop those that are binary, or drop `existingRestApiId`.",
  },
  {
    setting: ["webhook", "routes"],
    isBroken: (facts, setting) =>
      facts.existingRestApiId !== undefined &&
      facts[setting] !== undefined &&
      binaryMediaTypes(facts).length > 0,
    wrong: "needs binary media types of the REST API, which hold for all that is in it",
    allowed: "content types that are text where the REST API is not the stack's",
    mend: "Drop those that are binary, or drop `existingRestApiId`.",
  },
  {
    setting: OF_THE_API,
    isBroken: (facts, setting) => facts.existingRestApiId !== undefined && isSet(facts[setting]),
    wrong: "holds for the whole REST API, which is not the stack's",
    allowed: "this setting without `existingRestApiId`",
    mend: "Set it where the API is made, or drop `existingRestApiId`.",
  },
  {
    setting: OF_THE_STAGE,
    isBroken: (facts, setting) =>
      facts.existingRestApiId !== undefined && facts.deployExistingRestApi !== true && isSet(facts[setting]),
    wrong: "is a setting of the stage, which is not the stack's",
    allowed: "this setting where the stack makes the stage",
    mend: "Write `deployExistingRestApi`: true, or set it where the stage is made.",
  },
];

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false && value !== "OFF";
}

/** Props of {@link ExistingRestApi}. */
export interface ExistingRestApiProps {
  readonly location: AwsLocation;
  readonly id: string;
  readonly name: string | undefined;
  /** Path of the resource below which `/sqs` is to stand, `/` for the root. */
  readonly parentPath: string;
  readonly prerequisites: readonly ITerraformDependable[];
}

/** A REST API that somebody else made, in this account and Region. The stack adds to it, and changes nothing in it. */
export class ExistingRestApi extends Construct implements TargetApi {
  public readonly id: string;
  public readonly executionArn: string;
  public readonly name?: string;
  public readonly parentId: string;
  public readonly parentPath: string;
  public readonly namePrefix: string;
  public readonly prerequisites: readonly ITerraformDependable[];
  /** Where its stages answer, without the stage's name. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: ExistingRestApiProps) {
    super(scope, id);
    const { partition, regionName, accountId, dnsSuffix } = props.location;
    this.id = props.id;
    this.executionArn = `arn:${partition}:execute-api:${regionName}:${accountId}:${props.id}`;
    this.name = props.name === undefined ? undefined : this.nameOf(props.id, props.name);
    this.parentId = new DataAwsApiGatewayResource(this, "Parent", {
      restApiId: props.id,
      path: props.parentPath,
    }).id;
    this.parentPath = props.parentPath === "/" ? "" : props.parentPath;
    this.namePrefix = pascalCase(TerraformStack.of(this).node.id);
    this.prerequisites = props.prerequisites;
    this.url = `https://${props.id}.execute-api.${regionName}.${dnsSuffix}`;
  }

  /** Alarms by a wrong name would never go off: Terraform asks AWS. */
  private nameOf(id: string, name: string): string {
    const found = new DataAwsApiGatewayRestApi(this, "Name", { name });
    found.lifecycle = {
      postcondition: [
        {
          condition: `\${self.id == "${id}"}`,
          errorMessage: `existing_rest_api_name: is the name of another REST API than ${id}, got ${name}. Give the name that the API has.`,
        },
      ],
    };
    return found.name;
  }
}

/** What {@link addExistingRestApi} reads. */
interface Around {
  readonly location: AwsLocation;
  readonly prerequisites: readonly ITerraformDependable[];
  readonly settings: Pick<
    Checked<typeof EXISTING_REST_API_SETTINGS>,
    "existingRestApiId" | "existingRestApiName" | "existingRestApiParentPath"
  >;
}

/** The REST API that the settings name, if they do. */
export function addExistingRestApi(scope: Construct, { location, prerequisites, settings }: Around) {
  const {
    existingRestApiId: id,
    existingRestApiName: name,
    existingRestApiParentPath: parentPath,
  } = settings;
  if (id === undefined) return undefined;
  return new ExistingRestApi(scope, "ExistingRestApi", { location, id, name, parentPath, prerequisites });
}

/** `auth-stack` → `AuthStack`: models' names are letters and digits. */
function pascalCase(text: string): string {
  return text.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

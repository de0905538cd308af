import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import * as v from "valibot";
import type { AwsLocation } from "../aws-location";
import { filledList, flag, oneOf, text } from "../schema";
import { type Checked, type Only, type Rule } from "../setting";
import type { TargetApi } from "./target-api";

/**
 * Of AWS's policies, those for endpoints that are not edge-optimized.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
const SECURITY_POLICIES = [
  "SecurityPolicy_TLS13_1_3_2025_09",
  "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
  "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_2021_06",
  "TLS_1_2",
  "TLS_1_0",
] as const;

/** Settings of the REST API itself. */
export const REST_API_SETTINGS = {
  /**
   * Makes the API private: it can be called through these VPC endpoints for `execute-api` only, which are yours, and which AWS
   * charges by the hour and by the gigabyte. `api_url` then goes through the first one. On a deployed stack it takes the API away
   * and makes another, with another URL.
   */
  vpcEndpointIds: v.optional(
    filledList(
      text({
        pattern: "^vpce-[0-9a-f]{8,17}$",
        allowed: "the id of a VPC endpoint",
        example: "vpce-0a1b2c3d4e5f60718",
      }),
      "VPC endpoint",
      '["vpce-0a1b2c3d4e5f60718"]',
    ),
  ),
  /** Closes the API's own URL below `execute-api`: what is left is `customDomain`. */
  disableExecuteApiEndpoint: v.optional(flag("close the API's own URL"), false),
  /**
   * TLS versions and ciphers of the API's own URL below `execute-api`; AWS's own choice for it is `TLS_1_0`, or `TLS_1_2` where the
   * API is private. It needs the AWS provider 6.54 or newer. Dropped, the API keeps it: set AWS's choice first. A custom domain speaks
   * TLS 1.2 or newer whatever this says.
   */
  securityPolicy: v.optional(
    oneOf(SECURITY_POLICIES, "is not a security policy of a regional or private API", "Choose one of them."),
  ),
  /**
   * With a `securityPolicy` that starts with `SecurityPolicy_`: `STRICT` refuses requests whose TLS server name is not their `Host`;
   * AWS advises `BASIC` for the change of a live API, until the access log shows no such callers.
   */
  endpointAccessMode: v.optional(
    oneOf(["STRICT", "BASIC"], "is not an endpoint access mode", "Choose one of them."),
    "STRICT",
  ),
};

/** What has to hold between them. */
export const REST_API_RULES: readonly Rule<typeof REST_API_SETTINGS>[] = [
  {
    setting: "endpointAccessMode",
    isBroken: ({ endpointAccessMode, securityPolicy }) =>
      endpointAccessMode !== undefined && !isEnhanced(securityPolicy),
    wrong: "needs an enhanced security policy",
    allowed: "this setting together with a `securityPolicy` that starts with SecurityPolicy_",
    mend: "Choose such a policy, or drop it.",
  },
];

/** Props of {@link createRestApi}. */
export interface RestApiProps {
  readonly name: string;
  readonly description: string;
  readonly location: AwsLocation;
  /** Where API Gateway looks for a caller's API key. */
  readonly apiKeySource: "HEADER" | "AUTHORIZER";
  readonly binaryMediaTypes: readonly string[];
  readonly prerequisites: readonly ITerraformDependable[];
  readonly settings: Only<keyof typeof REST_API_SETTINGS, Checked<typeof REST_API_SETTINGS>>;
}

/**
 * Makes a REST API below `scope`.
 *
 * A private one is another resource, so that neither becomes the other: AWS asks for steps of an order that no plan has, the
 * provider never takes a VPC endpoint away when none is left, and the URL is another in any case.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-api-migration.html
 */
export function createRestApi(scope: Construct, props: RestApiProps): TargetApi {
  const { name, description, location, settings } = props;
  const { vpcEndpointIds, disableExecuteApiEndpoint, securityPolicy, endpointAccessMode } = settings;
  const isPrivate = vpcEndpointIds !== undefined;
  const restApi = new ApiGatewayRestApi(scope, isPrivate ? "PrivateRestApi" : "RestApi", {
    name,
    description,
    endpointConfiguration: isPrivate
      ? { types: ["PRIVATE"], vpcEndpointIds: [...vpcEndpointIds] }
      : { types: ["REGIONAL"] },
    disableExecuteApiEndpoint,
    apiKeySource: props.apiKeySource,
    binaryMediaTypes: [...props.binaryMediaTypes],
    dependsOn: [...props.prerequisites],
  });
  if (securityPolicy !== undefined) restApi.addOverride("security_policy", securityPolicy);
  if (isEnhanced(securityPolicy)) restApi.addOverride("endpoint_access_mode", endpointAccessMode);
  const { id, name: apiName, executionArn, rootResourceId: parentId } = restApi;
  const api = { id, name: apiName, executionArn, parentId, parentPath: "" };
  if (!isPrivate) return api;
  // Answers with and without private DNS, and needs the endpoint to be named by the API.
  const host = `${id}-${vpcEndpointIds[0]}.execute-api.${location.regionName}.${location.dnsSuffix}`;
  return { ...api, url: `https://${host}` };
}

function isEnhanced(securityPolicy: string | undefined): boolean {
  return securityPolicy?.startsWith("SecurityPolicy_") === true;
}

import { ApiGatewayRestApiPolicy } from "@cdktf/provider-aws/lib/api-gateway-rest-api-policy";
import { Construct } from "constructs";
import * as v from "valibot";
import { policyJson } from "../policy-json";
import { type Checked, type Only, type Rule } from "../setting";
import { IP_ADDRESSES } from "./ip-addresses";
import type { RestApiReference } from "./target-api";

/** Settings of who may call, by address. */
export const RESOURCE_POLICY_SETTINGS = {
  /**
   * IPv4 and IPv6 addresses and blocks from which the API may be called; all others are answered 403. They stand in the API's
   * resource policy, which costs nothing. API Gateway sees the address of the last proxy before it.
   */
  allowedIpAddresses: v.optional(IP_ADDRESSES),
  /** IPv4 and IPv6 addresses and blocks that are answered 403, whatever `allowedIpAddresses` says. */
  deniedIpAddresses: v.optional(IP_ADDRESSES),
};

/** AWS takes a policy of 8,192 bytes; beside the addresses there are the statements, with ARNs of unknown length. */
const MOST_CHARACTERS = 7000;

/** What has to hold between them. */
export const RESOURCE_POLICY_RULES: readonly Rule<typeof RESOURCE_POLICY_SETTINGS>[] = [
  {
    setting: ["allowedIpAddresses", "deniedIpAddresses"],
    isBroken: ({ allowedIpAddresses = [], deniedIpAddresses = [] }, setting) =>
      (setting === "allowedIpAddresses" ? allowedIpAddresses : deniedIpAddresses).length > 0 &&
      JSON.stringify([...allowedIpAddresses, ...deniedIpAddresses]).length > MOST_CHARACTERS,
    wrong: "is more than a resource policy holds, with the other list",
    allowed: `${MOST_CHARACTERS} characters for both lists, since AWS allows a policy of 8,192 bytes`,
    mend: "Put neighbours together into blocks, or use a web ACL, `webAclArn`.",
  },
];

/** Props of {@link addResourcePolicy}. */
export interface ResourcePolicyProps {
  readonly restApi: RestApiReference;
  /**
   * Methods to which nothing but this policy says Allow: `*`, or verbs.
   *
   * AWS lets a caller through where the authorizer's policy **or** this one says Allow, so an Allow here would open what a Lambda
   * authorizer or IAM does not allow; for IAM even to every AWS account. A method without one needs it, since a policy denies
   * what it does not name.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
   */
  readonly openMethods: readonly string[];
  /** The VPC endpoints through which alone a private API may be called; none for others. */
  readonly vpcEndpointIds: readonly string[];
  readonly settings: Only<keyof typeof RESOURCE_POLICY_SETTINGS, Checked<typeof RESOURCE_POLICY_SETTINGS>>;
}

/**
 * Who may call an API, from where.
 *
 * Everything is said by Deny: an explicit one is the only thing that nobody overrules, and it answers before an authorizer's
 * function is asked. Not `policy` of the REST API, which the provider keeps when it is left out.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
class ResourcePolicy extends Construct {
  constructor(scope: Construct, id: string, props: ResourcePolicyProps) {
    super(scope, id);
    const { restApi, openMethods, vpcEndpointIds, settings } = props;
    const { allowedIpAddresses, deniedIpAddresses } = settings;
    const source = vpcEndpointIds.length > 0 ? "aws:VpcSourceIp" : "aws:SourceIp";
    const deny = (operator: string, key: string, values: readonly string[] = []) =>
      values.length === 0
        ? []
        : [statement("Deny", [`${restApi.executionArn}/*`], { [operator]: { [key]: values } })];
    const open = openMethods.map(
      (method) => `${restApi.executionArn}/*${method === "*" ? "" : `/${method}/*`}`,
    );
    new ApiGatewayRestApiPolicy(this, "Policy", {
      restApiId: restApi.id,
      policy: policyJson(
        ...(open.length === 0 ? [] : [statement("Allow", open)]),
        ...deny("StringNotEquals", "aws:SourceVpce", vpcEndpointIds),
        ...deny("NotIpAddress", source, allowedIpAddresses),
        ...deny("IpAddress", source, deniedIpAddresses),
      ),
    });
  }
}

function statement(Effect: "Allow" | "Deny", Resource: readonly string[], Condition?: object) {
  return { Effect, Principal: "*", Action: "execute-api:Invoke", Resource, ...(Condition && { Condition }) };
}

/** Gives an API a resource policy where there is something for it to say: with one, API Gateway denies what it does not name. */
export function addResourcePolicy(scope: Construct, props: ResourcePolicyProps): void {
  const { vpcEndpointIds, settings } = props;
  const lists = [vpcEndpointIds, settings.allowedIpAddresses, settings.deniedIpAddresses];
  if (lists.some((list = []) => list.length > 0)) new ResourcePolicy(scope, "ResourcePolicy", props);
}

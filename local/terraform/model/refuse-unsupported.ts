import { blocks } from "../attribute";
import { type Problem, StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

/** Settings that would change the answers, by type; each tells whether a resource uses it. */
const UNSUPPORTED: readonly {
  readonly type: string;
  readonly attribute: string;
  readonly what: string;
  readonly isUsed: (resource: TerraformResource) => boolean;
}[] = [
  {
    type: "aws_api_gateway_stage",
    attribute: "canary_settings",
    what: "canary releases are",
    isUsed: (stage) => blocks(stage, "canary_settings").length > 0,
  },
  {
    type: "aws_api_gateway_method_settings",
    attribute: "settings.caching_enabled",
    what: "cached responses are",
    isUsed: (setting) => blocks(setting, "settings").some((block) => isTrue(block.caching_enabled)),
  },
  {
    type: "aws_api_gateway_usage_plan",
    attribute: "api_stages.throttle",
    what: "usage plan limits for single methods are",
    isUsed: (plan) => blocks(plan, "api_stages").some((block) => !isEmpty(block.throttle)),
  },
];

/** Refuses, by address, what would change the answers in ways that the local gateway does not know. */
export function refuseUnsupported(resources: TerraformResources): void {
  const foreign = resources.types.filter(isForeignApi).flatMap((type) => resources.ofType(type));
  const problems = [...foreign.map(foreignApi), ...UNSUPPORTED.flatMap(unsupportedSettings)];
  if (problems.length > 0) throw new StackError(...problems);

  function unsupportedSettings({ type, attribute, what, isUsed }: (typeof UNSUPPORTED)[number]): Problem[] {
    return resources
      .ofType(type)
      .filter(isUsed)
      .map(({ address }) => ({
        address: `${address}.${attribute}`,
        wrong: `${what} not supported by the local gateway`,
        mend: "Leave it out of the local run",
      }));
  }
}

function isForeignApi(type: string): boolean {
  return type.startsWith("aws_apigatewayv2_") || type === "aws_api_gateway_rest_api_put";
}

function foreignApi({ address }: TerraformResource): Problem {
  return {
    address,
    wrong: "is not supported by the local gateway",
    allowed: "REST APIs (aws_api_gateway_*) declared by resources are",
    mend: "Leave it out of the local run, or declare the API as a REST API",
  };
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

import { StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { isOfUnknownApi, PARTS } from "./refusals";

/** What of a stack the gateway passes over, one line each: it stands beside what is served, or does not act here. */
export function passedOver(resources: TerraformResources): readonly string[] {
  return [...otherApis(resources), ...partsOfUnknownApis(resources), ...NOT_ACTED_ON.flatMap(linesOf)];

  function linesOf({ type, isUsed, what }: (typeof NOT_ACTED_ON)[number]): string[] {
    return resources
      .ofType(type)
      .filter(isUsed)
      .map(({ address }) => `${address}: ${what}`);
  }
}

const OTHER_API = "aws_apigatewayv2_";

/** APIs by address, as far as they are known, and what else belongs to them by type where there is none. */
function otherApis(resources: TerraformResources): string[] {
  const types = resources.types.filter((type) => type.startsWith(OTHER_API));
  const isNotServed = "is not served: it belongs to an HTTP or WebSocket API, and REST APIs are served here.";
  return types.includes(`${OTHER_API}api`)
    ? addressesOf(`${OTHER_API}api`, resources).map(
        (address) => `${address}: is not served: REST APIs are, and no HTTP or WebSocket APIs.`,
      )
    : types.map((type) => `${type}: ${isNotServed}`);
}

/** How many there are may not be known: that is no mistake of what is served. */
function addressesOf(type: string, resources: TerraformResources): readonly string[] {
  try {
    return resources.ofType(type).map(({ address }) => address);
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return [type];
  }
}

function partsOfUnknownApis(resources: TerraformResources): string[] {
  return PARTS.flatMap((type) => resources.ofType(type))
    .filter(isOfUnknownApi)
    .map(({ address }) => `${address}: is not served: its REST API is known only after an apply.`);
}

/** Settings that act on AWS and not here, by type; each tells whether a resource uses it. */
const NOT_ACTED_ON: readonly {
  readonly type: string;
  readonly isUsed: (resource: TerraformResource) => boolean;
  readonly what: string;
}[] = [
  {
    type: "aws_api_gateway_deployment",
    isUsed: (deployment) => deployment.blocks("canary_settings").length > 0,
    what: "its canary_settings do not act here; the stage answers every request.",
  },
  {
    type: "aws_api_gateway_method_settings",
    isUsed: (setting) => setting.blocks("settings").some((block) => block.flag("caching_enabled")),
    what: "no answer is cached here; on AWS a GET may be answered without its integration.",
  },
  {
    type: "aws_api_gateway_usage_plan",
    isUsed: (plan) => plan.blocks("api_stages").some((block) => block.blocks("throttle").length > 0),
    what: "its limits for single methods do not act here; those of the whole plan do.",
  },
];

import {
  ApiGatewayDeployment,
  type ApiGatewayDeploymentConfig,
} from "@cdktf/provider-aws/lib/api-gateway-deployment";
import type { ApiGatewayStageConfig } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { type Precondition, TerraformElement, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import * as v from "valibot";
import { MovedBlock } from "../moved-block";
import { number, oneKey, oneOf, rule } from "../schema";
import type { Rule } from "../setting";
import type { EXISTING_REST_API_SETTINGS } from "./existing-rest-api";

/** A canary that takes a share of the requests, or what becomes of it. */
type Canary = { readonly percent: number } | { readonly end: (typeof ENDS)[number] };

const ENDS = ["promote", "roll-back"] as const;

const PERCENT = v.pipe(
  number(0, 100, "percent"),
  v.check(
    (percent) => Number(percent.toFixed(2)) === percent,
    rule("has more than two decimals", "a number of percent from 0 to 100", "Round it."),
  ),
);

const END = oneOf(ENDS, "is no end of a canary", 'Write "promote" or "roll-back".');

/** Settings of the stage's canary. */
export const CANARY_SETTINGS = {
  /**
   * `{ "percent": 10 }`: what changes from now on is deployed as a canary, which answers that share of the requests, chosen at random; the
   * others are answered by what was deployed before. `{ "end": "promote" }` gives the canary all requests, `{ "end": "roll-back" }` gives
   * them back and holds the stage there until you drop the setting: then it serves what the settings say. Costs nothing; logs of the
   * canary's requests are written twice, and their second log group, `<group>/Canary`, is kept for ever. See docs/safe-changes.md.
   */
  canary: v.optional(
    oneKey<Canary>(
      [v.strictObject({ percent: PERCENT }), v.strictObject({ end: END })],
      "canary",
      '{ "percent": 10 }',
    ),
  ),
};

type CanaryRule = Rule<
  typeof CANARY_SETTINGS &
    Pick<typeof EXISTING_REST_API_SETTINGS, "existingRestApiId" | "deployExistingRestApi">
>;

/** What has to hold between the canary and other settings. */
export const CANARY_RULES: readonly CanaryRule[] = [
  {
    setting: "canary",
    isBroken: ({ canary, existingRestApiId, deployExistingRestApi }) =>
      canary !== undefined && existingRestApiId !== undefined && deployExistingRestApi !== true,
    anyValueIsWrong: true,
    wrong: "is about a stage, which is not the stack's here",
    allowed: "this setting where the stack makes the stage",
    mend: "Write `deployExistingRestApi`: true, or drop it.",
  },
];

/** What a stage says of the deployments that it serves. */
type ServedDeployments = Pick<ApiGatewayStageConfig, "deploymentId" | "canarySettings" | "lifecycle">;

/**
 * The deployments that a stage serves. A deployment is kept under three addresses, so that plain applies do all:
 *
 * - without a canary it is `Deployment`, replaced when its triggers change;
 * - while a canary is on, that same deployment is `Baseline`, which no trigger replaces, and `Canary` is replaced in its stead;
 * - in the end, one of the two is `Deployment` again, and the stage never points at a deployment that goes: a deployment that is
 *   dropped is destroyed after the stage has changed, since all of them are created before their predecessors are destroyed.
 *
 * The canary is promoted as it is, in one update of the stage that ends the canary and then points the stage at its deployment: while a canary is
 * on, API Gateway takes no other deployment.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function addDeployments(
  scope: Construct,
  config: ApiGatewayDeploymentConfig,
  canary: Canary | undefined,
): ServedDeployments {
  const deployment = (id: string, ignoreChanges: string[] = []) =>
    new ApiGatewayDeployment(scope, id, {
      ...config,
      lifecycle: { createBeforeDestroy: true, ...(ignoreChanges.length > 0 && { ignoreChanges }) },
    });
  if (canary === undefined) return { deploymentId: deployment("Deployment").id };
  if ("end" in canary) {
    const isHeld = canary.end === "roll-back";
    const served = deployment("Deployment", isHeld ? HELD : []);
    moved(scope, absent(scope, isHeld ? "Baseline" : "Canary"), served);
    return { deploymentId: served.id };
  }
  const baseline = deployment("Baseline", HELD);
  const released = deployment("Canary");
  moved(scope, absent(scope, "Deployment"), baseline);
  return {
    deploymentId: baseline.id,
    canarySettings: { deploymentId: released.id, percentTraffic: canary.percent, useStageCache: false },
    lifecycle: { precondition: [needsTheSame(baseline, released)] },
  };
}

/** No trigger replaces the deployment: it goes on serving what it froze. */
const HELD = ["triggers"];

const TYPE = "aws_api_gateway_deployment";

function moved(scope: Construct, from: TerraformElement, to: TerraformElement): void {
  new MovedBlock(scope, "Moved", { from: addressOf(from), to: addressOf(to) });
}

/** Stands for a deployment that has no block in this configuration, and may be in the state. */
function absent(scope: Construct, id: string): TerraformElement {
  return new TerraformElement(scope, id, TYPE);
}

function addressOf(deployment: TerraformElement): string {
  return `${TYPE}.${deployment.friendlyUniqueId}`;
}

/**
 * Queue, role, authorizer and secret are the same for both deployments: a change that takes one of them from the baseline would break
 * most requests. Its triggers in the state tell what it needs.
 */
function needsTheSame(baseline: TerraformResource, released: TerraformResource): Precondition {
  const needs = (deployment: TerraformResource) =>
    `jsonencode({ for name, value in ${addressOf(deployment)}.triggers : name => value if name != "configuration" })`;
  return {
    condition: `\${${needs(baseline)} == ${needs(released)}}`,
    errorMessage:
      "canary: can't be on while the queue, the integration's role, the authorizer or the secret changes: the deployment that goes on serving needs them as they were. Apply that change without a canary, or take it back.",
  };
}

import type { RestApi, Stage } from "../terraform/stack-model";
import type { MountedApi } from "./mount-apis";

/**
 * Tells the stages that go on serving an earlier deployment what that one froze.
 * @param earlier what was served, or synthesized, before: found by the API's name. What it does not have stays unknown
 */
export function withBaselines(
  apis: readonly MountedApi[],
  earlier: readonly MountedApi[],
): readonly MountedApi[] {
  return apis.map((mounted) => {
    const before = earlier.find(({ name }) => name === mounted.name)?.api;
    if (before === undefined) return mounted;
    const stages = mounted.api.stages.map((stage) => withBaseline(stage, before));
    return { ...mounted, api: { ...mounted.api, stages } };
  });
}

function withBaseline(stage: Stage, before: RestApi): Stage {
  if (!stage.isHeld) return stage;
  const { isHeld, baseline } = before.stages.find(({ name }) => name === stage.name) ?? {};
  const known = isHeld ? baseline : before;
  return known === undefined ? stage : { ...stage, baseline: known };
}

import type { DeployWorkspace } from "./deploy-workspace";
import { succeeded } from "./succeeded";

interface Plan {
  readonly planned_values: {
    readonly root_module: {
      readonly resources: readonly { readonly type: string; readonly values: unknown }[];
    };
  };
}

/** Plans, and returns the attributes that are known then, by type; of a type with several resources, the last one's. */
export async function plannedResources(
  workspace: DeployWorkspace,
  stack: string,
  args: readonly string[],
): Promise<Map<string, unknown>> {
  const file = "planned-resources.tfplan";
  await succeeded(workspace.terraform(stack, "plan", "-input=false", `-out=${file}`, ...args));
  const { stdout } = await succeeded(workspace.terraform(stack, "show", "-json", file));
  const { planned_values: values } = JSON.parse(stdout) as Plan;
  return new Map(values.root_module.resources.map((resource) => [resource.type, resource.values]));
}

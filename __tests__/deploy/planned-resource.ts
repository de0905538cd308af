import type { DeployWorkspace } from "./deploy-workspace";
import { succeeded } from "./succeeded";

interface Plan {
  readonly planned_values: {
    readonly root_module: {
      readonly resources: readonly { readonly type: string; readonly values: unknown }[];
    };
  };
}

/** Plans, and returns the attributes that are known then of the stack's first resource of a type. */
export async function plannedResource(
  workspace: DeployWorkspace,
  stack: string,
  type: string,
  args: readonly string[],
): Promise<unknown> {
  const file = "planned-resource.tfplan";
  await succeeded(workspace.terraform(stack, "plan", "-input=false", `-out=${file}`, ...args));
  const { stdout } = await succeeded(workspace.terraform(stack, "show", "-json", file));
  const { planned_values: values } = JSON.parse(stdout) as Plan;
  return values.root_module.resources.find((resource) => resource.type === type)?.values;
}

import type { DeployWorkspace } from "./deploy-workspace";
import { succeeded } from "./succeeded";

/** A resource as a plan foresees it. */
export interface PlannedResource {
  readonly type: string;
  /** The attributes that are known before the apply. */
  readonly values: unknown;
}

interface Plan {
  readonly planned_values: { readonly root_module: { readonly resources: PlannedResource[] } };
}

/** Plans, and returns every resource that there is to be. */
export async function plannedResources(
  workspace: DeployWorkspace,
  stack: string,
  args: readonly string[],
): Promise<PlannedResource[]> {
  const file = "planned-resources.tfplan";
  await succeeded(workspace.terraform(stack, "plan", "-input=false", `-out=${file}`, ...args));
  const { stdout } = await succeeded(workspace.terraform(stack, "show", "-json", file));
  const { planned_values: values } = JSON.parse(stdout) as Plan;
  return values.root_module.resources;
}

/** Matches a list of {@link PlannedResource} with one of this type and, among others, these attributes. */
export function planned(type: string, values: Readonly<Record<string, unknown>>): unknown {
  return expect.arrayContaining([
    expect.objectContaining({ type, values: expect.objectContaining(values) as unknown }),
  ]);
}

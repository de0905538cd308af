import { text } from "./attribute";
import { StackError } from "./stack-error";
import type { TerraformResource, TerraformResources } from "./terraform-resource";

/** Full path of an `aws_api_gateway_resource`; throws `StackError` if a parent is missing or its own child. */
export function resourcePath(resource: TerraformResource, resources: TerraformResources): string {
  const parts: string[] = [];
  const seen = new Set<TerraformResource>();
  let current: TerraformResource | undefined = resource;
  while (current !== undefined) {
    if (seen.has(current)) throw noWayToRoot(resource);
    seen.add(current);
    parts.unshift(text(current, "path_part"));
    current = parentOf(current, resources);
  }
  return `/${parts.join("/")}`;
}

/** Undefined for a child of the root. */
function parentOf(resource: TerraformResource, resources: TerraformResources): TerraformResource | undefined {
  const parentId = resource.attribute("parent_id");
  const parent = resources
    .ofType("aws_api_gateway_resource")
    .find((candidate) => candidate.attribute("id") === parentId);
  if (parent !== undefined) return parent;
  const isRoot = resources
    .ofType("aws_api_gateway_rest_api")
    .some((api) => api.attribute("root_resource_id") === parentId);
  if (isRoot) return undefined;
  throw new StackError({
    address: `${resource.address}.parent_id`,
    wrong: "is no resource of this stack",
    got: parentId,
    allowed: "an id of an aws_api_gateway_resource or a root_resource_id is",
  });
}

function noWayToRoot({ address }: TerraformResource): StackError {
  return new StackError({ address: `${address}.parent_id`, wrong: "never leads to the root" });
}

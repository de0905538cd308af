import type { TerraformResource, TerraformResources } from "./terraform-resource";

/** Full path of an `aws_api_gateway_resource`; throws `StackError` if a parent is missing or its own child. */
export function resourcePath(resource: TerraformResource, resources: TerraformResources): string {
  const parts: string[] = [];
  const seen = new Set<TerraformResource>();
  let current: TerraformResource | undefined = resource;
  while (current !== undefined) {
    if (seen.has(current)) throw resource.error("parent_id", { wrong: "never leads to the root" });
    seen.add(current);
    parts.unshift(current.text("path_part"));
    current = parentOf(current, resources);
  }
  return `/${parts.join("/")}`;
}

/** Undefined for a child of the root. */
function parentOf(resource: TerraformResource, resources: TerraformResources): TerraformResource | undefined {
  const parentId = resource.attribute("parent_id");
  const [parent] =
    typeof parentId === "string" ? resources.where("aws_api_gateway_resource", { id: parentId }) : [];
  if (parent !== undefined) return parent;
  const isRoot = resources
    .ofType("aws_api_gateway_rest_api")
    .some((api) => api.attribute("root_resource_id") === parentId);
  if (isRoot) return undefined;
  throw resource.error("parent_id", {
    wrong: "is no resource of this stack",
    got: parentId,
    allowed: "an id of an aws_api_gateway_resource or a root_resource_id is",
  });
}

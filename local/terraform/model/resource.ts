import { isObject } from "../expression/value";
import type { ProblemList } from "../stack-error";
import type { Method, Resource } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { readMethod } from "./method";

/** All resources of a REST API with their methods, the root first. */
export function readResources(
  api: TerraformResource,
  resources: TerraformResources,
  problems: ProblemList,
): readonly Resource[] {
  const apiId = api.text("id");
  const own = resources.where("aws_api_gateway_resource", { rest_api_id: apiId });
  const methodsOf = (id: string): Readonly<Record<string, Method>> => {
    const methods = resources.where("aws_api_gateway_method", { rest_api_id: apiId, resource_id: id });
    const built = problems.attemptEach(methods, (method) => readMethod(method, resources));
    return Object.fromEntries(built.map((method) => [method.httpMethod, method]));
  };
  const webhooks = resources.output("webhooks");
  const rootId = api.text("root_resource_id");
  const root: Resource = {
    address: api.address,
    id: rootId,
    path: "/",
    ...senderAt("/", webhooks),
    methods: methodsOf(rootId),
  };
  const others = problems.attemptEach(own, (resource): Resource => {
    const id = resource.text("id");
    const path = resourcePath(resource, resources);
    return { address: resource.address, id, path, ...senderAt(path, webhooks), methods: methodsOf(id) };
  });
  return [root, ...others];
}

/** @param webhooks the output of that name, of whatever shape: `{ "/github": { sender: "github", … } }` tells a sender */
function senderAt(path: string, webhooks: unknown): Pick<Resource, "sender"> {
  const entry = isObject(webhooks) && Object.hasOwn(webhooks, path) ? webhooks[path] : undefined;
  return isObject(entry) && typeof entry.sender === "string" ? { sender: entry.sender } : {};
}

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

import { isObject } from "../expression/value";
import type { ProblemList } from "../stack-error";
import type { Method, Resource } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { resourcePath } from "../resource-path";
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

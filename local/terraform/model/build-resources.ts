import { text } from "../attribute";
import type { ProblemList } from "../problem-list";
import { resourcePath } from "../resource-path";
import type { Method, Resource } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { whose } from "./belonging";
import { buildMethod } from "./build-method";

/** All resources of a REST API with their methods, the root first. */
export function buildResources(
  api: TerraformResource,
  resources: TerraformResources,
  problems: ProblemList,
): readonly Resource[] {
  const apiId = text(api, "id");
  const own = whose(resources.ofType("aws_api_gateway_resource"), { rest_api_id: apiId });
  const methods = whose(resources.ofType("aws_api_gateway_method"), { rest_api_id: apiId });
  const methodsOf = (id: string): Readonly<Record<string, Method>> => {
    const built = problems.attemptEach(whose(methods, { resource_id: id }), (method) =>
      buildMethod(method, resources),
    );
    return Object.fromEntries(built.map((method) => [method.httpMethod, method]));
  };
  const rootId = text(api, "root_resource_id");
  const root: Resource = { address: api.address, id: rootId, path: "/", methods: methodsOf(rootId) };
  const others = problems.attemptEach(own, (resource): Resource => {
    const id = text(resource, "id");
    return { address: resource.address, id, path: resourcePath(resource, resources), methods: methodsOf(id) };
  });
  return [root, ...others];
}

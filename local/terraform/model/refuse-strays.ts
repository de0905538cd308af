import { text } from "../attribute";
import type { ProblemList } from "../problem-list";
import { StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { referred, whose } from "./belonging";

const PARTS = [
  "aws_api_gateway_resource",
  "aws_api_gateway_method",
  "aws_api_gateway_integration",
  "aws_api_gateway_stage",
  "aws_api_gateway_gateway_response",
  "aws_api_gateway_rest_api_policy",
];

/** Refuses parts that belong to no REST API, resource or method of the stack: they would silently never be served. */
export function refuseStrays(resources: TerraformResources, problems: ProblemList): void {
  const apis = resources.ofType("aws_api_gateway_rest_api");
  for (const part of PARTS.flatMap((type) => resources.ofType(type))) {
    problems.attempt(() => referred(part, "rest_api_id", apis));
  }
  for (const method of resources.ofType("aws_api_gateway_method")) {
    problems.attempt(() => {
      refuseWithoutResource(method, resources);
    });
  }
  for (const integration of resources.ofType("aws_api_gateway_integration")) {
    problems.attempt(() => {
      refuseWithoutMethod(integration, resources);
    });
  }
}

function refuseWithoutResource(method: TerraformResource, resources: TerraformResources): void {
  const id = text(method, "resource_id");
  const apis = resources.ofType("aws_api_gateway_rest_api");
  if (apis.some((api) => text(api, "root_resource_id") === id)) return;
  referred(method, "resource_id", resources.ofType("aws_api_gateway_resource"));
}

function refuseWithoutMethod(integration: TerraformResource, resources: TerraformResources): void {
  const names = ["rest_api_id", "resource_id", "http_method"];
  const same = Object.fromEntries(names.map((name) => [name, text(integration, name)]));
  if (whose(resources.ofType("aws_api_gateway_method"), same).length > 0) return;
  throw new StackError({
    address: `${integration.address}.http_method`,
    wrong: "has no method",
    got: text(integration, "http_method"),
    mend: "Add an aws_api_gateway_method for it",
  });
}

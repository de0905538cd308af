import { hasStandIn } from "../../../aws/stand-in-text";
import { type ProblemList, StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

/** Types of what belongs to a REST API. */
export const PARTS = [
  "aws_api_gateway_resource",
  "aws_api_gateway_method",
  "aws_api_gateway_integration",
  "aws_api_gateway_stage",
  "aws_api_gateway_gateway_response",
  "aws_api_gateway_rest_api_policy",
];

/** Refuses parts that belong to no REST API, resource or method of the stack: they would silently never be served. */
export function refuseStrays(resources: TerraformResources, problems: ProblemList): void {
  for (const part of PARTS.flatMap((type) => resources.ofType(type))) {
    problems.attempt(() => {
      if (!isOfUnknownApi(part)) part.referred("rest_api_id", "aws_api_gateway_rest_api", resources);
    });
  }
  for (const method of resources.ofType("aws_api_gateway_method")) {
    problems.attempt(() => {
      if (!isOfUnknownApi(method)) refuseWithoutResource(method, resources);
    });
  }
  for (const integration of resources.ofType("aws_api_gateway_integration")) {
    problems.attempt(() => {
      refuseWithoutMethod(integration, resources);
    });
  }
}

/** Does it belong to a REST API that is made elsewhere, and that only an apply tells? */
export function isOfUnknownApi(part: TerraformResource): boolean {
  return hasStandIn(part.text("rest_api_id"));
}

function refuseWithoutResource(method: TerraformResource, resources: TerraformResources): void {
  const id = method.text("resource_id");
  if (resources.where("aws_api_gateway_rest_api", { root_resource_id: id }).length > 0) return;
  method.referred("resource_id", "aws_api_gateway_resource", resources);
}

function refuseWithoutMethod(integration: TerraformResource, resources: TerraformResources): void {
  const same = Object.fromEntries(METHOD.map((name) => [name, integration.text(name)]));
  if (resources.where("aws_api_gateway_method", same).length > 0) return;
  throw integration.error("http_method", {
    wrong: "has no method",
    got: integration.text("http_method"),
    mend: "Add an aws_api_gateway_method for it",
  });
}

const METHOD = ["rest_api_id", "resource_id", "http_method"];

/** What may exist only once on AWS, by type. */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_resource: ["rest_api_id", "parent_id", "path_part"],
  aws_api_gateway_method: METHOD,
  aws_api_gateway_integration: METHOD,
  aws_api_gateway_method_response: [...METHOD, "status_code"],
  aws_api_gateway_integration_response: [...METHOD, "status_code"],
  aws_api_gateway_gateway_response: ["rest_api_id", "response_type"],
  aws_api_gateway_model: ["rest_api_id", "name"],
  aws_api_gateway_authorizer: ["rest_api_id", "name"],
  aws_api_gateway_stage: ["rest_api_id", "stage_name"],
  aws_sqs_queue: ["url"],
};

/** Refuses two resources that are the same thing on AWS: it refuses the second one, or they overwrite each other. */
export function refuseTwins(resources: TerraformResources, problems: ProblemList): void {
  for (const [type, identity] of Object.entries(IDENTITIES)) {
    problems.attempt(() => {
      refuseTwinsAmong(resources.ofType(type), identity);
    });
  }
}

function refuseTwinsAmong(candidates: readonly TerraformResource[], identity: readonly string[]): void {
  const seen = new Map<string, TerraformResource>();
  for (const resource of candidates) {
    const values = identity.map((name) => resource.text(name));
    const key = JSON.stringify(values);
    const twin = seen.get(key);
    if (twin !== undefined) {
      throw new StackError({
        address: resource.address,
        wrong: `is the same on AWS as ${twin.address}`,
        got: values.at(-1),
        mend: "Remove or rename one",
      });
    }
    seen.set(key, resource);
  }
}

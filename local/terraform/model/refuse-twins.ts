import { text } from "../attribute";
import type { ProblemList } from "../problem-list";
import { StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

const METHOD = ["rest_api_id", "resource_id", "http_method"];

/** What may exist only once on AWS, by type. */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_resource: ["rest_api_id", "parent_id", "path_part"],
  aws_api_gateway_method: METHOD,
  aws_api_gateway_integration: METHOD,
  aws_api_gateway_method_response: [...METHOD, "status_code"],
  aws_api_gateway_integration_response: [...METHOD, "status_code"],
  aws_api_gateway_gateway_response: ["rest_api_id", "response_type"],
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
    const values = identity.map((name) => text(resource, name));
    const key = JSON.stringify(values);
    const twin = seen.get(key);
    if (twin !== undefined) throw twins(resource, twin, values.at(-1) ?? "");
    seen.set(key, resource);
  }
}

function twins(resource: TerraformResource, twin: TerraformResource, got: string): StackError {
  return new StackError({
    address: resource.address,
    wrong: `is the same on AWS as ${twin.address}`,
    got,
    mend: "Remove or rename one",
  });
}

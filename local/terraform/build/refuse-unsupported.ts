import { type Problem, StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { blocks } from "./attribute";

/** Refuses, by address, resources that would change the answers in ways that the local gateway does not know. */
export function refuseUnsupported(resources: TerraformResources): void {
  const problems = [...resources.types.filter(isForeignApi).flatMap(foreignApis), ...canaries()];
  if (problems.length > 0) throw new StackError(...problems);

  function foreignApis(type: string): Problem[] {
    return resources.ofType(type).map(foreignApi);
  }

  function canaries(): Problem[] {
    return resources
      .ofType("aws_api_gateway_stage")
      .filter((stage) => blocks(stage, "canary_settings").length > 0)
      .map(canary);
  }
}

function isForeignApi(type: string): boolean {
  return type.startsWith("aws_apigatewayv2_") || type === "aws_api_gateway_rest_api_put";
}

function foreignApi({ address }: TerraformResource): Problem {
  return {
    address,
    wrong: "is not supported by the local gateway",
    allowed: "REST APIs (aws_api_gateway_*) declared by resources are",
    mend: "Leave it out of the local run, or declare the API as a REST API",
  };
}

function canary({ address }: TerraformResource): Problem {
  return {
    address: `${address}.canary_settings`,
    wrong: "canary releases are not supported by the local gateway",
    mend: "Leave the canary out of the local run",
  };
}

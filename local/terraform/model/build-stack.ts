import { text } from "../attribute";
import { ProblemList } from "../problem-list";
import type { RestApi, StackModel } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { buildLambdaPermission } from "./build-lambda-permission";
import { buildQueue } from "./build-queue";
import { buildRestApi } from "./build-rest-api";
import { buildRole } from "./build-role";
import { refuseStrays } from "./refuse-strays";
import { refuseTwins } from "./refuse-twins";
import { refuseUnsupported } from "./refuse-unsupported";

/** Builds the model of a stack; throws one `StackError` with every problem found. */
export function buildStack(name: string, resources: TerraformResources): StackModel {
  const problems = new ProblemList();
  problems.attempt(() => {
    refuseUnsupported(resources);
  });
  problems.attempt(() => {
    refuseStrays(resources, problems);
  });
  const each = <T extends object>(type: string, build: (resource: TerraformResource) => T): readonly T[] =>
    problems.attempt(() => problems.attemptEach(resources.ofType(type), build)) ?? [];
  const restApis = each("aws_api_gateway_rest_api", (api) => buildRestApi(api, resources, problems));
  const used = credentialsOf(restApis);
  const model: StackModel = {
    name,
    restApis,
    queues: each("aws_sqs_queue", (queue) => buildQueue(queue, resources)),
    roles: (problems.attempt(() => rolesOf(used, resources)) ?? []).flatMap(
      (role) => problems.attempt(() => buildRole(role, resources)) ?? [],
    ),
    lambdaPermissions: each("aws_lambda_permission", buildLambdaPermission),
  };
  refuseTwins(resources, problems);
  problems.throwIfAny();
  return model;
}

function credentialsOf(restApis: readonly RestApi[]): ReadonlySet<string> {
  const methods = restApis.flatMap((api) =>
    api.resources.flatMap((resource) => Object.values(resource.methods)),
  );
  const arns = methods.flatMap(({ integration, authorizer }) => [
    integration.credentials,
    authorizer?.credentials,
  ]);
  return new Set(arns.filter((arn) => arn !== undefined));
}

/** Only roles that API Gateway assumes matter to its answers; other roles may hold what can't be known here. */
function rolesOf(used: ReadonlySet<string>, resources: TerraformResources): readonly TerraformResource[] {
  return resources.ofType("aws_iam_role").filter((role) => used.has(text(role, "arn")));
}

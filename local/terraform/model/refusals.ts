import { type Problem, type ProblemList, StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

/** Settings that would change the answers, by type; each tells whether a resource uses it. */
const UNSUPPORTED: readonly {
  readonly type: string;
  readonly attribute: string;
  readonly what: string;
  readonly isUsed: (resource: TerraformResource) => boolean;
}[] = [
  {
    type: "aws_api_gateway_deployment",
    attribute: "canary_settings",
    what: "canary releases of a deployment that makes its stage are",
    isUsed: (deployment) => deployment.blocks("canary_settings").length > 0,
  },
  {
    type: "aws_api_gateway_method_settings",
    attribute: "settings.caching_enabled",
    what: "cached responses are",
    isUsed: (setting) => setting.blocks("settings").some((block) => isTrue(block.given("caching_enabled"))),
  },
  {
    type: "aws_api_gateway_usage_plan",
    attribute: "api_stages.throttle",
    what: "usage plan limits for single methods are",
    isUsed: (plan) => plan.blocks("api_stages").some((block) => block.blocks("throttle").length > 0),
  },
];

/** Refuses, by address, what would change the answers in ways that the local gateway does not know. */
export function refuseUnsupported(resources: TerraformResources): void {
  const foreign = resources.types.filter(isForeignApi).flatMap((type) => resources.ofType(type));
  const problems = [...foreign.map(foreignApi), ...UNSUPPORTED.flatMap(unsupportedSettings)];
  if (problems.length > 0) throw new StackError(...problems);

  function unsupportedSettings({ type, attribute, what, isUsed }: (typeof UNSUPPORTED)[number]): Problem[] {
    return resources
      .ofType(type)
      .filter(isUsed)
      .map(({ address }) => ({
        address: `${address}.${attribute}`,
        wrong: `${what} not supported by the local gateway`,
        mend: "Leave it out of the local run",
      }));
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

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

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
  for (const part of PARTS.flatMap((type) => resources.ofType(type))) {
    problems.attempt(() => part.referred("rest_api_id", "aws_api_gateway_rest_api", resources));
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

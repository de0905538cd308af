import type { RestApi, Stage } from "../terraform/stack-model";

/** What keeps callers out of an API, here as on AWS, by address: an API without a stage, and methods to which no API key leads. */
export function closedToAll(api: RestApi): string[] {
  const { address, apiKeySource, resources, stages } = api;
  if (stages.length === 0) return [`${address}: ${WITHOUT_STAGE}`];
  if (resources.every(({ methods }) => Object.keys(methods).length === 0)) {
    return [`${address}: ${WITHOUT_METHOD}`];
  }
  const guarded = resources.flatMap((resource) =>
    Object.values(resource.methods)
      .filter(({ apiKeyRequired }) => apiKeyRequired)
      .map((method) => ({ ...method, what: `${method.httpMethod} ${resource.path}` })),
  );
  const unlocked = stages.filter((stage) => keysOf(api, stage).length === 0);
  return guarded.flatMap((method) =>
    unlocked.map(
      (stage) =>
        `${method.address}: ${method.what} of the stage ${stage.name} is answered 403 to everybody, for it wants an API key${apiKeySource === "AUTHORIZER" ? " from its authorizer" : ""}, and no enabled one is in a usage plan of that stage. Add an aws_api_gateway_usage_plan with the stage, and an aws_api_gateway_usage_plan_key.`,
    ),
  );
}

/** What is said of an API without a stage. */
const WITHOUT_STAGE =
  "has no stage, and so no URL. Add an aws_api_gateway_deployment and an aws_api_gateway_stage for it.";

/** AWS's words are observed. @see https://github.com/anomalyco/sst/issues/3976 */
const WITHOUT_METHOD =
  'has no method, and so answers 403 to everybody; AWS refuses to deploy it with "The REST API doesn\'t contain any methods". Add an aws_api_gateway_method and an aws_api_gateway_integration for it.';

/** URIs with a `${…}` of Terraform's that was never filled in, as in an OpenAPI document that `file` reads. */
export function unfilledUris({ resources }: RestApi): string[] {
  return resources.flatMap(({ methods }) =>
    Object.values(methods).flatMap(({ integration: { address, uri } }) => {
      const [unfilled] = /\$\{(?!stageVariables\.)[^}]*\}/.exec(uri) ?? [];
      return unfilled === undefined
        ? []
        : [
            `${address}.uri: holds ${unfilled}, which is no stage variable, and nothing fills it in. Read the file by templatefile.`,
          ];
    }),
  );
}

function keysOf({ usagePlans }: RestApi, { name }: Stage) {
  const plans = usagePlans.filter(({ stages }) => stages.includes(name));
  return plans.flatMap(({ keys }) => keys).filter(({ enabled }) => enabled);
}

/** What stands before an API on AWS and not here, by address: whoever calls it here is not stopped by that. */
export function notActedOn({ address, vpcEndpointIds, domains = [], stages }: RestApi): string[] {
  const endpoint = vpcEndpointIds?.[0] ?? "none";
  const mutual = new Set(domains.flatMap(({ mutualTls }) => mutualTls ?? []));
  return [
    ...(vpcEndpointIds === undefined
      ? []
      : [`${address}: is private; here every request counts as one through the VPC endpoint ${endpoint}.`]),
    ...stages.flatMap(({ webAcl }) =>
      webAcl === undefined ? [] : [`${webAcl}: no web ACL acts here; on AWS it sees each request first.`],
    ),
    ...stages.flatMap(({ address: stage, isHeld, baseline }) =>
      isHeld && baseline === undefined
        ? [
            `${stage}: its deployment keeps what was deployed before, which what is read here does not have; it answers as the API is declared now. Give what was synthesized before as the baseline.`,
          ]
        : [],
    ),
    ...[...mutual].map(
      (domain) => `${domain}: nobody has to show a certificate here; on AWS all callers have to.`,
    ),
  ];
}

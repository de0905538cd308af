import type { RestApi } from "../terraform/stack-model";

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

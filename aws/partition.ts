/** A group of Regions with ARNs, accounts and DNS names of its own. */
type Partition = readonly [name: string, regionPrefix: string, dnsSuffix: string, dualStackDnsSuffix: string];

const AWS: Partition = ["aws", "", "amazonaws.com", "api.aws"];

/** The prefix of the last one fits every Region. */
const PARTITIONS: readonly Partition[] = [
  ["aws-cn", "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"],
  ["aws-us-gov", "us-gov-", "amazonaws.com", "api.aws"],
  ["aws-iso", "us-iso-", "c2s.ic.gov", "api.aws.ic.gov"],
  ["aws-iso-b", "us-isob-", "sc2s.sgov.gov", "api.aws.scloud"],
  ["aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"],
  ["aws-iso-f", "us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"],
  ["aws-eusc", "eusc-", "amazonaws.eu", "api.amazonwebservices.eu"],
  AWS,
];

/** Partition that a Region belongs to. @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOf(region: string): string {
  const [name] = ofRegion(region);
  return name;
}

/** Domain under which a Region's services answer, such as `amazonaws.com`. */
export function dnsSuffixOf(region: string): string {
  const [, , dnsSuffix] = ofRegion(region);
  return dnsSuffix;
}

/** Where a REST API's stages answer. */
export function executeApiDomain(apiId: string, region: string): string {
  return `${apiId}.execute-api.${region}.${dnsSuffixOf(region)}`;
}

/** Whether a host is one of AWS's own. */
export function isAwsHost(host: string): boolean {
  return PARTITIONS.some(([, , ...suffixes]) => suffixes.some((suffix) => host.endsWith(`.${suffix}`)));
}

function ofRegion(region: string): Partition {
  return PARTITIONS.find(([, regionPrefix]) => region.startsWith(regionPrefix)) ?? AWS;
}

/** A group of Regions with ARNs, accounts and DNS names of its own. */
interface Partition {
  readonly name: string;
  readonly regionPrefix: string;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
}

const AWS = partition("aws", "", "amazonaws.com", "api.aws");

/** The prefix of the last one fits every Region. */
const PARTITIONS: readonly Partition[] = [
  partition("aws-cn", "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
  partition("aws-us-gov", "us-gov-", "amazonaws.com", "api.aws"),
  partition("aws-iso", "us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),
  partition("aws-iso-b", "us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),
  partition("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
  partition("aws-iso-f", "us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
  partition("aws-eusc", "eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
  AWS,
];

function partition(
  name: string,
  regionPrefix: string,
  dnsSuffix: string,
  dualStackDnsSuffix: string,
): Partition {
  return { name, regionPrefix, dnsSuffix, dualStackDnsSuffix };
}

/** Partition that a Region belongs to. @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOf(region: string): string {
  return ofRegion(region).name;
}

/** Domain under which a Region's services answer, such as `amazonaws.com`. */
export function dnsSuffixOf(region: string): string {
  return ofRegion(region).dnsSuffix;
}

/** Where a REST API's stages answer. */
export function executeApiDomain(apiId: string, region: string): string {
  return `${apiId}.execute-api.${region}.${dnsSuffixOf(region)}`;
}

/** Whether a host is one of AWS's own. */
export function isAwsHost(host: string): boolean {
  return PARTITIONS.some(({ dnsSuffix, dualStackDnsSuffix }) =>
    [dnsSuffix, dualStackDnsSuffix].some((suffix) => host.endsWith(`.${suffix}`)),
  );
}

function ofRegion(region: string): Partition {
  return PARTITIONS.find(({ regionPrefix }) => region.startsWith(regionPrefix)) ?? AWS;
}

/** Where on AWS a resource lives. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

interface Partition {
  readonly name: string;
  readonly regionPrefix: string;
  readonly dnsSuffix: string;
}

/** The prefix of the last one fits every region. */
const PARTITIONS: readonly Partition[] = [
  { name: "aws-cn", regionPrefix: "cn-", dnsSuffix: "amazonaws.com.cn" },
  { name: "aws-us-gov", regionPrefix: "us-gov-", dnsSuffix: "amazonaws.com" },
  { name: "aws-iso", regionPrefix: "us-iso-", dnsSuffix: "c2s.ic.gov" },
  { name: "aws-iso-b", regionPrefix: "us-isob-", dnsSuffix: "sc2s.sgov.gov" },
  { name: "aws-eusc", regionPrefix: "eusc-", dnsSuffix: "amazonaws.eu" },
  { name: "aws", regionPrefix: "", dnsSuffix: "amazonaws.com" },
];

/** Partition that a region belongs to. @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOf(region: string): string {
  return PARTITIONS.find(({ regionPrefix }) => region.startsWith(regionPrefix))?.name ?? "aws";
}

/** Domain under which a partition's services answer. */
export function dnsSuffixOf(partition: string): string {
  return PARTITIONS.find(({ name }) => name === partition)?.dnsSuffix ?? "amazonaws.com";
}

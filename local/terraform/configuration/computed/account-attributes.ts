import { formatArn } from "../../../../aws/arn";
import { dnsSuffixOf } from "../../../../aws/partition";
import type { AttributeTable, ComputedContext } from "./attribute-table";

/** Data sources about the account, the partition and the region. */
export const ACCOUNT_ATTRIBUTES: AttributeTable = {
  "data.aws_caller_identity": {
    account_id: accountId,
    id: accountId,
    user_id: accountId,
    arn: (_, { place }) => formatArn({ ...place(), service: "iam", region: "", resource: "root" }),
  },
  "data.aws_partition": {
    partition,
    id: partition,
    dns_suffix: (_, { place }) => dnsSuffixOf(place().region),
    reverse_dns_prefix: (_, { place }) => dnsSuffixOf(place().region).split(".").reverse().join("."),
  },
  "data.aws_region": { name: region, region, id: region },
};

function accountId(_: unknown, { place }: ComputedContext): string {
  return place().accountId;
}

function partition(_: unknown, { place }: ComputedContext): string {
  return place().partition;
}

function region(_: unknown, { place }: ComputedContext): string {
  return place().region;
}

import { dnsSuffixOf } from "../../place";
import type { ComputedAttributes, ComputedContext } from "./computed-attributes";

/** Data sources about the account, the partition and the region. */
export const accountAttributes: ComputedAttributes = {
  "data.aws_caller_identity": {
    account_id: accountId,
    id: accountId,
    user_id: accountId,
    arn: (_, context) => `arn:${context.place().partition}:iam::${accountId(_, context)}:root`,
  },
  "data.aws_partition": {
    partition,
    id: partition,
    dns_suffix: (_, { place }) => dnsSuffixOf(place().partition),
    reverse_dns_prefix: (_, { place }) => dnsSuffixOf(place().partition).split(".").reverse().join("."),
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

import { type PolicyStatement, listed } from "../../aws/policy-document";
import type { PolicyRule } from "../rule";
import { conditionKeys, statements } from "../statements";

const SOURCE_KEYS = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid"];

export const QUEUE_TAKES_EVENTS_OF_NAMED_SOURCES: PolicyRule = {
  name: "queue-takes-events-of-named-sources",
  asks: "A statement that lets a service of AWS use a queue says whose: by `aws:SourceArn`, `aws:SourceAccount` or `aws:SourceOrgID`.",
  why: "The service works for every account: anybody's bucket or topic could send to the queue past the API.",
  relatives: [],
  here: "Only S3 sends, for the bucket of `large_bodies` and of the stack's account.",
  *findings({ resources }) {
    for (const type of ["aws_sqs_queue", "aws_sqs_queue_policy"]) {
      for (const owner of resources.ofType(type)) {
        const policy = owner.optionalPolicy("policy", "resource");
        for (const statement of policy ? statements(policy, "Allow") : []) {
          if (conditionKeys(statement).some((key) => SOURCE_KEYS.includes(key))) continue;
          for (const service of servicesOf(statement)) {
            yield { address: owner.address, wrong: `lets ${service} use the queue for every account` };
          }
        }
      }
    }
  },
};

function servicesOf({ Principal }: PolicyStatement): readonly string[] {
  return typeof Principal === "object" ? listed(Principal.Service ?? []) : [];
}

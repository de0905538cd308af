import { isForEverybody } from "../../aws/policy-document";
import type { PolicyRule } from "../rule";
import { statements } from "../statements";

export const QUEUE_IS_NOT_PUBLIC: PolicyRule = {
  name: "queue-is-not-public",
  asks: "No statement without a condition lets everybody use a queue.",
  why: "Anybody with an AWS account could send to it past the API, or read and delete its messages.",
  relatives: ["CKV_AWS_168", "AVD-AWS-0097", "SQS.3"],
  here: "The queues' policies only deny, but for `queue_policy_statements`, in which an `Allow` for everybody is refused at synthesis.",
  *findings({ resources }) {
    for (const type of ["aws_sqs_queue", "aws_sqs_queue_policy"]) {
      for (const owner of resources.ofType(type)) {
        const policy = owner.optionalPolicy("policy", "resource");
        if (policy && statements(policy, "Allow").some(isForEverybody)) {
          yield { address: owner.address, wrong: "lets everybody use the queue" };
        }
      }
    }
  },
};

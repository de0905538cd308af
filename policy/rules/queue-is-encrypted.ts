import type { PolicyRule } from "../rule";

export const QUEUE_IS_ENCRYPTED: PolicyRule = {
  name: "queue-is-encrypted",
  asks: "A queue names a KMS key, or says `sqs_managed_sse_enabled`.",
  why: "Left unsaid, the queue keeps what it has: one made before SQS encrypted by itself stays open to whoever has its disk.",
  relatives: ["CKV_AWS_27", "AVD-AWS-0096", "SQS.1"],
  here: "SQS's own KMS key; `encryption` chooses another.",
  *findings({ resources }) {
    for (const queue of resources.ofType("aws_sqs_queue")) {
      if (queue.optionalText("kms_master_key_id") !== undefined || queue.flag("sqs_managed_sse_enabled")) {
        continue;
      }
      yield { address: queue.address, wrong: "says no encryption" };
    }
  },
};

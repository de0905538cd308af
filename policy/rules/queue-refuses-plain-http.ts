import type { PolicyRule } from "../rule";
import { conditionKeys, resourcePolicies, statements } from "../statements";

export const QUEUE_REFUSES_PLAIN_HTTP: PolicyRule = {
  name: "queue-refuses-plain-http",
  asks: "A queue's policy denies what comes without TLS.",
  why: "SQS also listens on plain HTTP: a consumer that is set so reads messages that the network can read.",
  relatives: [],
  here: "Each queue denies `aws:SecureTransport` = false.",
  *findings({ resources }) {
    for (const queue of resources.ofType("aws_sqs_queue")) {
      const apart = resources.where("aws_sqs_queue_policy", { queue_url: queue.text("id") });
      const denies = resourcePolicies(queue, apart)
        .flatMap((policy) => statements(policy, "Deny"))
        .some((statement) => conditionKeys(statement).includes("aws:securetransport"));
      if (!denies) yield { address: queue.address, wrong: "takes and gives messages over plain HTTP" };
    }
  },
};

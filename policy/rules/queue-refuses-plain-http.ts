import type { TerraformResource, TerraformResources } from "../../local/terraform/terraform-resource";
import type { PolicyRule } from "../rule";
import { conditionKeys, statements } from "../statements";

export const QUEUE_REFUSES_PLAIN_HTTP: PolicyRule = {
  name: "queue-refuses-plain-http",
  asks: "A queue's policy denies what comes without TLS.",
  why: "SQS also listens on plain HTTP: a consumer that is set so reads messages that the network can read.",
  relatives: [],
  here: "Each queue denies `aws:SecureTransport` = false.",
  *findings({ resources }) {
    for (const queue of resources.ofType("aws_sqs_queue")) {
      const denies = policiesOf(queue, resources).some((policy) =>
        statements(policy.policy("policy", "resource"), "Deny").some((statement) =>
          conditionKeys(statement).includes("aws:securetransport"),
        ),
      );
      if (!denies) yield { address: queue.address, wrong: "takes and gives messages over plain HTTP" };
    }
  },
};

function policiesOf(queue: TerraformResource, resources: TerraformResources): readonly TerraformResource[] {
  const apart = resources.where("aws_sqs_queue_policy", { queue_url: queue.text("id") });
  return [...(queue.optionalText("policy") === undefined ? [] : [queue]), ...apart];
}

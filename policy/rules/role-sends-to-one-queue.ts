import { type PolicyDocument, listed } from "../../aws/policy-document";
import type { PolicyRule } from "../rule";
import { integrationRoles } from "../sqs-integrations";
import { statements } from "../statements";

/** What sending takes; the two of KMS for a queue with a customer's key. */
const NEEDED = new Set(["sqs:sendmessage", "kms:generatedatakey", "kms:decrypt"]);

export const ROLE_SENDS_TO_ONE_QUEUE: PolicyRule = {
  name: "role-sends-to-one-queue",
  asks: "The role of an SQS integration may do nothing but send, to queues that its policy names.",
  why: "Whoever gets a template of the API changed, by a mistake or on purpose, could read, purge or delete queues.",
  relatives: [
    "CKV_AWS_62",
    "CKV_AWS_63",
    "CKV_AWS_288",
    "CKV_AWS_290",
    "CKV_AWS_355",
    "AVD-AWS-0057",
    "IAM.21",
  ],
  here: "`sqs:SendMessage` on the one queue, and KMS for its key where it has one.",
  *findings({ resources }) {
    for (const role of integrationRoles(resources)) {
      for (const attached of resources.where("aws_iam_role_policy_attachment", { role: role.text("name") })) {
        yield { address: attached.address, wrong: "gives the role a policy that may change elsewhere" };
      }
      for (const policy of resources.where("aws_iam_role_policy", { role: role.text("name") })) {
        const { address } = policy;
        for (const wrong of excesses(policy.policy("policy", "identity"))) yield { address, wrong };
      }
    }
  },
};

function* excesses(policy: PolicyDocument): Iterable<string> {
  for (const { Action, NotAction, Resource, NotResource } of statements(policy, "Allow")) {
    for (const action of listed(Action ?? [])) {
      if (!NEEDED.has(action.toLowerCase())) yield `allows ${action}`;
    }
    if (NotAction !== undefined) yield "allows every action but some (NotAction)";
    if (NotResource !== undefined) yield "allows every resource but some (NotResource)";
    for (const resource of listed(Resource ?? [])) {
      if (/[*?]/.test(resource)) yield `allows it on ${resource}`;
    }
  }
}

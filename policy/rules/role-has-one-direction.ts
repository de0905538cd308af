import type { TerraformResources } from "../../local/terraform/terraform-resource";
import { type IntegrationRole, callsOf, permissionFor, rolesOf, sqsIntegrations } from "../integrations";
import { attachedTo, excesses, grantsOf, policiesOf } from "../role-policies";
import type { Finding, PolicyRule } from "../rule";

const SEND = ["sqs:sendmessage"];
const RECEIVE = ["sqs:receivemessage", "sqs:deletemessage", "sqs:changemessagevisibility"];

/** What a queue with a customer's key takes besides. */
const KEY = { send: ["kms:generatedatakey", "kms:decrypt"], receive: ["kms:decrypt"] };

export const ROLE_HAS_ONE_DIRECTION: PolicyRule = {
  name: "role-has-one-direction",
  asks: "The role of an SQS integration may either send, or receive, delete and keep what was received; nothing else, and on queues that its policy names.",
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
  here: "`sqs:SendMessage` on the queues to which methods send, and KMS for their key where they have one; `receive` has a role of its own.",
  *findings({ resources }) {
    for (const used of rolesOf(sqsIntegrations(resources), resources)) {
      yield* attachedTo(used.role, resources);
      yield* faultsOf(used, resources);
    }
  },
};

/** Where nothing tells which way the integrations go, the role's own policies do. */
function* faultsOf(
  { role, integrations }: IntegrationRole,
  resources: TerraformResources,
): Iterable<Finding> {
  const policies = policiesOf(role, resources);
  const asked = integrations.flatMap((one) =>
    callsOf(one, resources).map(({ action = "" }) => permissionFor(action)),
  );
  const allowed = policies.flatMap(({ policy }) =>
    grantsOf(policy).map(({ action }) => action.toLowerCase()),
  );
  const sends = SEND.some((action) => asked.includes(action));
  const receives = RECEIVE.some((action) => asked.includes(action));
  if (sends && receives) yield { address: role.address, wrong: "is for sending and for receiving" };
  const isToSend = sends || (!receives && SEND.some((action) => allowed.includes(action)));
  const needed = new Set([
    ...(isToSend ? [...SEND, ...KEY.send] : []),
    ...(!isToSend || receives ? [...RECEIVE, ...KEY.receive] : []),
  ]);
  for (const { address, policy } of policies) {
    for (const wrong of excesses(policy, needed)) yield { address, wrong };
    const everywhere = new Set(
      grantsOf(policy)
        .map(({ resource }) => resource)
        .filter((one) => /[*?]/.test(one)),
    );
    for (const resource of everywhere) yield { address, wrong: `allows it on ${resource}` };
  }
}

import { type QueueReference, parseArn } from "../../aws/arn";
import type { SqsCall } from "../../local/openapi/sqs-calls";
import { callsOf, permissionFor, rolesOf, sqsIntegrations } from "../integrations";
import { type Grant, grantsOf, policiesOf } from "../role-policies";
import type { PolicyRule } from "../rule";

export const ROLE_GRANTS_WHAT_IS_ASKED_FOR: PolicyRule = {
  name: "role-grants-what-is-asked-for",
  asks: "An integration with the role can ask for each action on each queue that the role's policy allows, by its URI or by what a mapping template puts into its place.",
  why: "What nobody needs is there for whoever gets a template changed: a queue of another route, or of one that is gone.",
  relatives: [],
  here: "Each role names the queues of its methods, those of a choice by header or body too.",
  *findings({ resources }) {
    for (const { role, integrations } of rolesOf(sqsIntegrations(resources), resources)) {
      const calls = integrations.flatMap((one) => callsOf(one, resources));
      for (const { address, policy } of policiesOf(role, resources)) {
        for (const { action, resource } of grantsOf(policy).filter(isOfOneQueue)) {
          if (calls.some((call) => mayBe(call, action, resource))) continue;
          yield { address, wrong: `allows ${action} on ${resource}, for which no integration asks` };
        }
      }
    }
  },
};

/** Wildcards are another rule's. */
function isOfOneQueue({ action, resource }: Grant): boolean {
  return /^sqs:\w+$/i.test(action) && !/[*?]/.test(resource);
}

/** What the call leaves to the request may be anything. */
function mayBe({ action, queue }: SqsCall, permission: string, arn: string): boolean {
  const isAction = action === undefined || permissionFor(action) === permission.toLowerCase();
  return isAction && (queue === undefined || isSame(queue, arn));
}

/** A configuration does not tell the account that it is applied in. */
function isSame(queue: QueueReference, arn: string): boolean {
  const { region, accountId = "", resource } = parseArn(arn) ?? {};
  const isOfAccount =
    [queue.accountId, UNTOLD_ACCOUNT].includes(accountId) || queue.accountId === UNTOLD_ACCOUNT;
  return isOfAccount && queue.region === region && queue.queueName === resource;
}

const UNTOLD_ACCOUNT = "000000000000";

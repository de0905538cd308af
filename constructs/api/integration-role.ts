import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { ROLE_NAME_PREFIX } from "../../aws/own-resources";
import type { AwsLocation } from "../aws-location";
import { policyJson, trustOf } from "../policy-json";
import { queueKeyStatements } from "../queue/queue-key";
import type { TargetQueue } from "../queue/target-queue";

/** What a role lets API Gateway do with queues. */
export interface QueueDirection {
  /** Id of the policy's construct: a contract. */
  readonly policyId: string;
  readonly policyName: string;
  readonly actions: string | readonly string[];
  /** What SQS asks KMS for on behalf of the caller, where a queue has a customer's key. */
  readonly keyActions: string | readonly string[];
  /** Before the queue's name, in the role's description. */
  readonly does: string;
}

/** Messages into queues. */
export const SENDING: QueueDirection = {
  policyId: "SendMessagePolicy",
  policyName: "send-message",
  actions: "sqs:SendMessage",
  keyActions: ["kms:GenerateDataKey", "kms:Decrypt"],
  does: "send messages to",
};

/** Messages out of queues. */
export const RECEIVING: QueueDirection = {
  policyId: "ReceiveMessagePolicy",
  policyName: "receive-message",
  actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
  keyActions: "kms:Decrypt",
  does: "receive and delete messages of",
};

/** Props of {@link IntegrationRole}. */
export interface IntegrationRoleProps {
  readonly queue: TargetQueue;
  /** Those beside `queue`. Each has a statement for its key, where it is a customer's and not that of `queue`. */
  readonly otherQueues: readonly TargetQueue[];
  readonly direction: QueueDirection;
  readonly location: AwsLocation;
}

/**
 * Role that API Gateway, and nobody else, assumes to reach these queues in one direction.
 *
 * The trust has no `aws:SourceAccount` against a confused deputy: as observed on AWS, API Gateway does not send it when it assumes
 * the role, so that every request would be answered 500.
 */
export class IntegrationRole extends Construct {
  public readonly role: IamRole;

  constructor(scope: Construct, id: string, props: IntegrationRoleProps) {
    super(scope, id);
    const { queue, otherQueues, direction, location } = props;
    const { policyId, policyName, actions, keyActions, does } = direction;
    const queues = [queue, ...otherQueues];
    this.role = new IamRole(this, "Role", {
      namePrefix: ROLE_NAME_PREFIX,
      description: `Lets API Gateway ${does} the queue ${queue.queueName}`,
      assumeRolePolicy: trustOf("apigateway.amazonaws.com"),
    });
    new IamRolePolicy(this, policyId, {
      name: policyName,
      role: this.role.id,
      policy: policyJson(
        {
          Effect: "Allow",
          Action: actions,
          Resource: otherQueues.length === 0 ? queue.arn : queues.map(({ arn }) => arn),
        },
        ...ofDifferentKeys(queues).flatMap((one) => queueKeyStatements(one, location, keyActions)),
      ),
    });
  }
}

/** One queue for each key. */
function ofDifferentKeys(queues: readonly TargetQueue[]): readonly TargetQueue[] {
  return [...new Map(queues.map((queue) => [queue.encryptionKeyArn, queue])).values()];
}

import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { ROLE_NAME_PREFIX } from "../../aws/own-resources";
import type { AwsLocation } from "../aws-location";
import { policyJson, trustOf } from "../policy-json";
import { queueKeyStatements } from "../queue/queue-key";
import type { TargetQueue } from "../queue/target-queue";

/** Props of {@link IntegrationRole}. */
export interface IntegrationRoleProps {
  readonly queue: TargetQueue;
  /** Queues of senders that have one of their own, by path; their key is that of `queue`. */
  readonly webhookQueues: Readonly<Record<string, TargetQueue>>;
  readonly location: AwsLocation;
}

/**
 * Role that API Gateway, and nobody else, assumes to send messages to the stack's queues.
 *
 * The trust has no `aws:SourceAccount` against a confused deputy: as observed on AWS, API Gateway does not send it when it assumes
 * the role, so that every request would be answered 500.
 */
export class IntegrationRole extends Construct {
  public readonly role: IamRole;

  constructor(scope: Construct, id: string, { queue, webhookQueues, location }: IntegrationRoleProps) {
    super(scope, id);
    const others = Object.values(webhookQueues).map(({ arn }) => arn);
    this.role = new IamRole(this, "Role", {
      namePrefix: ROLE_NAME_PREFIX,
      description: `Lets API Gateway send messages to the queue ${queue.queueName}`,
      assumeRolePolicy: trustOf("apigateway.amazonaws.com"),
    });
    new IamRolePolicy(this, "SendMessagePolicy", {
      name: "send-message",
      role: this.role.id,
      policy: policyJson(
        {
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: others.length === 0 ? queue.arn : [queue.arn, ...others],
        },
        // SQS asks for both on behalf of a sender.
        ...queueKeyStatements(queue, location, ["kms:GenerateDataKey", "kms:Decrypt"]),
      ),
    });
  }
}

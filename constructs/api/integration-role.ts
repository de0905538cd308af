import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { TargetQueue } from "../queue/target-queue";

/** Props of {@link IntegrationRole}. */
export interface IntegrationRoleProps {
  /** The one queue to which the role may send. */
  readonly queue: TargetQueue;
}

/**
 * Role that API Gateway, and nobody else, assumes to send messages to one queue.
 *
 * A customer's KMS key must let the role encrypt: SQS asks for both actions on behalf of a sender. `alias/aws/sqs`, the
 * AWS-managed key, needs no statement here: its key policy serves every principal that may use SQS.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export class IntegrationRole extends Construct {
  public readonly role: IamRole;

  constructor(scope: Construct, id: string, { queue }: IntegrationRoleProps) {
    super(scope, id);
    this.role = new IamRole(this, "Role", {
      namePrefix: "queue-leveling-",
      description: `Lets API Gateway send messages to the queue ${queue.queueName}`,
      assumeRolePolicy: policy({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "apigateway.amazonaws.com" },
      }),
    });
    new IamRolePolicy(this, "SendMessagePolicy", {
      name: "send-message",
      role: this.role.id,
      policy: policy(
        { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue.arn },
        ...(queue.encryptionKeyArn === undefined
          ? []
          : [
              {
                Effect: "Allow",
                Action: ["kms:GenerateDataKey", "kms:Decrypt"],
                Resource: queue.encryptionKeyArn,
              },
            ]),
      ),
    });
  }
}

function policy(...statements: Record<string, unknown>[]): string {
  return Fn.jsonencode({ Version: "2012-10-17", Statement: statements });
}

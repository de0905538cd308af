import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { AwsLocation } from "../aws-location";
import { policyJson, trustOf } from "../policy-json";
import type { TargetQueue } from "../queue/target-queue";

/** Props of {@link IntegrationRole}. */
export interface IntegrationRoleProps {
  /** The one queue to which the role may send. */
  readonly queue: TargetQueue;
  readonly location: AwsLocation;
}

/**
 * Role that API Gateway, and nobody else, assumes to send messages to one queue.
 *
 * A customer's KMS key must let the role encrypt: SQS asks for both actions on behalf of a sender, and nobody else may in the
 * role's name. `alias/aws/sqs`, the AWS-managed key, needs no statement here: its key policy serves every principal that may
 * use SQS.
 *
 * The trust has no `aws:SourceAccount` against a confused deputy: as observed on AWS, API Gateway does not send it when it assumes
 * the role, so that every request would be answered 500.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export class IntegrationRole extends Construct {
  public readonly role: IamRole;

  constructor(scope: Construct, id: string, { queue, location }: IntegrationRoleProps) {
    super(scope, id);
    this.role = new IamRole(this, "Role", {
      namePrefix: "queue-leveling-",
      description: `Lets API Gateway send messages to the queue ${queue.queueName}`,
      assumeRolePolicy: trustOf("apigateway.amazonaws.com"),
    });
    new IamRolePolicy(this, "SendMessagePolicy", {
      name: "send-message",
      role: this.role.id,
      policy: policyJson(
        { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue.arn },
        ...(queue.encryptionKeyArn === undefined
          ? []
          : [
              {
                Effect: "Allow",
                Action: ["kms:GenerateDataKey", "kms:Decrypt"],
                Resource: queue.encryptionKeyArn,
                Condition: {
                  StringEquals: { "kms:ViaService": `sqs.${queue.regionName}.${location.dnsSuffix}` },
                },
              },
            ]),
      ),
    });
  }
}

import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Authorization } from "../authorizer/authorization";
import type { AwsLocation } from "../aws-location";
import type { LargeBodyBucket } from "../large-bodies/large-body-bucket";
import type { OwnQueues } from "../queue/own-queue";
import type { TargetQueue } from "../queue/target-queue";
import type { AddedRoute } from "../route/routes";
import type { VerifyToken } from "../webhook/verify-token";
import type { SecretHeader } from "./secret-header";

/** What {@link deploymentTriggers} reads. */
export interface TriggersProps {
  readonly role: IamRole;
  readonly receiveRole: IamRole | undefined;
  readonly location: AwsLocation;
  readonly queue: TargetQueue;
  readonly ownQueues: OwnQueues;
  readonly authorizer?: Authorization | undefined;
  readonly largeBodyBucket?: LargeBodyBucket | undefined;
  readonly secretHeader: SecretHeader | undefined;
  readonly verifyToken: VerifyToken | undefined;
  readonly routes: readonly AddedRoute[];
}

/** Ids and ARNs that a deployment freezes: resources that are made anew must reach the stage, too. */
export function deploymentTriggers(props: TriggersProps): Record<string, string> {
  const { role, receiveRole, location, queue, ownQueues, routes } = props;
  const { authorizer, largeBodyBucket, secretHeader, verifyToken } = props;
  return {
    queue_name: queue.queueName,
    region_name: location.regionName,
    integration_role: role.arn,
    ...(receiveRole && { receive_role: receiveRole.arn }),
    ...Object.fromEntries(
      Object.entries(ownQueues).map(([path, { queueName }]) => [`queue_name_${path}`, queueName]),
    ),
    ...Object.fromEntries(routes.flatMap(rolesOf)),
    ...(largeBodyBucket && {
      large_body_bucket: largeBodyBucket.bucketName,
      large_body_role: largeBodyBucket.storingRole.arn,
    }),
    ...authorizer?.triggers,
    ...(secretHeader && { secret_header: secretHeader.trigger }),
    ...(verifyToken && { webhook_verify_token: verifyToken.trigger }),
  };
}

function rolesOf({ path, role, receiveRole }: AddedRoute): [string, string][] {
  return [
    [`integration_role_${path}`, role.arn],
    ...(receiveRole ? [[`receive_role_${path}`, receiveRole.arn] as [string, string]] : []),
  ];
}

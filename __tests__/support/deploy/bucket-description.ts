import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { awsClients } from "./aws-clients";
import type { EmulatedAws } from "./emulated-aws";

/** What protects a bucket, as S3 tells it. */
export async function describeBucket(aws: EmulatedAws, Bucket: string) {
  const { s3 } = awsClients(aws);
  const [access, controls, policy, encryption, versioning, lifecycle] = await Promise.all([
    s3.send(new GetPublicAccessBlockCommand({ Bucket })),
    s3.send(new GetBucketOwnershipControlsCommand({ Bucket })),
    s3.send(new GetBucketPolicyCommand({ Bucket })),
    s3.send(new GetBucketEncryptionCommand({ Bucket })),
    s3.send(new GetBucketVersioningCommand({ Bucket })),
    s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
  ]);
  const [rule] = encryption.ServerSideEncryptionConfiguration?.Rules ?? [];
  return {
    public: access.PublicAccessBlockConfiguration,
    ownership: controls.OwnershipControls?.Rules?.[0]?.ObjectOwnership,
    statements: (JSON.parse(policy.Policy ?? "{}") as { Statement: unknown }).Statement,
    encryption: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    versioning: versioning.Status,
    lifecycle: lifecycle.Rules,
  };
}

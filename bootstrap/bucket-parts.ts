import {
  BucketVersioningStatus,
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ObjectOwnership,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  ServerSideEncryption,
} from "@aws-sdk/client-s3";
import { configured, type OwnBucket } from "./own-bucket";
import { refusePlainHttp } from "./plain-http";
import { expireOldVersions, OLD_VERSIONS_DAYS } from "./old-versions";

/** Something that a bucket for states has, beside being there. */
export interface BucketPart {
  /** As the last line tells it. */
  readonly name: string;
  /** What `s3:Get…` and `s3:Put…` are followed by in the IAM actions of its calls. */
  readonly permission: string;
  /** Gives whether it was missing, and was put there. Whatever else the bucket has stays. */
  ensure(s3: S3Client, bucket: OwnBucket, region: string): Promise<boolean>;
}

/** In the order in which they are put: the bucket is closed before anything else. */
export const BUCKET_PARTS: readonly BucketPart[] = [
  { name: "closed to the public", permission: "BucketPublicAccessBlock", ensure: closeToThePublic },
  {
    name: "without access control lists",
    permission: "BucketOwnershipControls",
    ensure: endAccessControlLists,
  },
  { name: "closed to plain HTTP", permission: "BucketPolicy", ensure: refusePlainHttp },
  { name: "encrypted", permission: "EncryptionConfiguration", ensure: encrypt },
  { name: "versioned", permission: "BucketVersioning", ensure: keepVersions },
  {
    name: `old versions for ${OLD_VERSIONS_DAYS} days`,
    permission: "LifecycleConfiguration",
    ensure: expireOldVersions,
  },
];

async function closeToThePublic(s3: S3Client, bucket: OwnBucket): Promise<boolean> {
  const found = await configured(s3.send(new GetPublicAccessBlockCommand(bucket)));
  const wanted = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  const current = found?.PublicAccessBlockConfiguration ?? {};
  if (Object.keys(wanted).every((name) => current[name as keyof typeof wanted] === true)) return false;
  await s3.send(new PutPublicAccessBlockCommand({ ...bucket, PublicAccessBlockConfiguration: wanted }));
  return true;
}

async function endAccessControlLists(s3: S3Client, bucket: OwnBucket): Promise<boolean> {
  const found = await configured(s3.send(new GetBucketOwnershipControlsCommand(bucket)));
  const { BucketOwnerEnforced } = ObjectOwnership;
  if (found?.OwnershipControls?.Rules?.[0]?.ObjectOwnership === BucketOwnerEnforced) return false;
  const OwnershipControls = { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] };
  await s3.send(new PutBucketOwnershipControlsCommand({ ...bucket, OwnershipControls }));
  return true;
}

/** Any encryption will do, a customer's key too. Buckets since 2023 have one by themselves. */
async function encrypt(s3: S3Client, bucket: OwnBucket): Promise<boolean> {
  const found = await configured(s3.send(new GetBucketEncryptionCommand(bucket)));
  if ((found?.ServerSideEncryptionConfiguration?.Rules ?? []).length > 0) return false;
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: ServerSideEncryption.AES256 } };
  const ServerSideEncryptionConfiguration = { Rules: [rule] };
  await s3.send(new PutBucketEncryptionCommand({ ...bucket, ServerSideEncryptionConfiguration }));
  return true;
}

async function keepVersions(s3: S3Client, bucket: OwnBucket): Promise<boolean> {
  const { Enabled: Status } = BucketVersioningStatus;
  const found = await s3.send(new GetBucketVersioningCommand(bucket));
  if (found.Status === Status) return false;
  await s3.send(new PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status } }));
  return true;
}

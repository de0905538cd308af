import {
  BucketVersioningStatus,
  ExpirationStatus,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  ObjectOwnership,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  S3ServiceException,
  ServerSideEncryption,
} from "@aws-sdk/client-s3";
import { partitionOf } from "../aws/partition";

/** A bucket of an account; every call names the account, so that a bucket of another one is refused. */
export interface OwnBucket {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}

/** Something that a bucket for states has, beside being there. */
export interface BucketPart {
  /** As the last line tells it. */
  readonly name: string;
  /** Gives whether it was missing, and was put there. Whatever else the bucket has stays. */
  ensure(s3: S3Client, bucket: OwnBucket, region: string): Promise<boolean>;
}

/** Each state is overwritten by the next: for so long the older ones can be had. */
const OLD_VERSIONS_DAYS = 90;

const LIFECYCLE_RULES: readonly LifecycleRule[] = [
  {
    ID: "expire-old-versions",
    Status: ExpirationStatus.Enabled,
    Filter: { Prefix: "" },
    NoncurrentVersionExpiration: { NoncurrentDays: OLD_VERSIONS_DAYS },
  },
  {
    ID: "abort-incomplete-uploads",
    Status: ExpirationStatus.Enabled,
    Filter: { Prefix: "" },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
];

/** In the order in which they are put: the bucket is closed before anything else. */
export const BUCKET_PARTS: readonly BucketPart[] = [
  { name: "closed to the public", ensure: closeToThePublic },
  { name: "without access control lists", ensure: endAccessControlLists },
  { name: "closed to plain HTTP", ensure: refusePlainHttp },
  { name: "encrypted", ensure: encrypt },
  { name: "versioned", ensure: keepVersions },
  { name: `old versions for ${OLD_VERSIONS_DAYS} days`, ensure: expireOldVersions },
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

interface Policy {
  readonly Version?: string;
  readonly Statement?: readonly { readonly Sid?: string }[];
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
async function refusePlainHttp(s3: S3Client, bucket: OwnBucket, region: string): Promise<boolean> {
  const Sid = "RefusePlainHttp";
  const found = await configured(s3.send(new GetBucketPolicyCommand(bucket)));
  const policy = JSON.parse(found?.Policy ?? "{}") as Policy;
  const statements = policy.Statement ?? [];
  if (statements.some((statement) => statement.Sid === Sid)) return false;
  const arn = `arn:${partitionOf(region)}:s3:::${bucket.Bucket}`;
  const statement = {
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", ...policy, Statement: [...statements, statement] });
  await s3.send(new PutBucketPolicyCommand({ ...bucket, Policy }));
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

async function expireOldVersions(s3: S3Client, bucket: OwnBucket): Promise<boolean> {
  const found = await configured(s3.send(new GetBucketLifecycleConfigurationCommand(bucket)));
  const rules = found?.Rules ?? [];
  const missing = LIFECYCLE_RULES.filter(({ ID }) => !rules.some((rule) => rule.ID === ID));
  if (missing.length === 0) return false;
  const LifecycleConfiguration = { Rules: [...rules, ...missing] };
  await s3.send(new PutBucketLifecycleConfigurationCommand({ ...bucket, LifecycleConfiguration }));
  return true;
}

/** What nobody has configured S3 answers with an error of its own, such as `NoSuchLifecycleConfiguration`. */
async function configured<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}

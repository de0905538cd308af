import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  ObjectOwnership,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { mistakeText } from "../errors/mistake";
import { BUCKET_PARTS } from "./bucket-parts";
import { written } from "./cli-flags";
import type { OwnBucket } from "./own-bucket";

/** What became of the bucket. */
export interface StateBucket {
  readonly isNew: boolean;
  /** What it lacked and was given, in words. */
  readonly mended: readonly string[];
}

/** The IAM actions of all calls. */
export const ACTIONS: readonly string[] = [
  "s3:CreateBucket",
  // HeadBucket's.
  "s3:ListBucket",
  ...BUCKET_PARTS.flatMap(({ permission }) => [`s3:Get${permission}`, `s3:Put${permission}`]),
];

/**
 * Makes the bucket for states, or gives one that is there what it lacks. Run again it changes nothing.
 * @throws Error where the name is another account's, or the bucket is in another Region; what the AWS SDK throws
 */
export async function ensureStateBucket(
  s3: S3Client,
  bucket: OwnBucket,
  region: string,
): Promise<StateBucket> {
  const isNew = !(await isThere(s3, bucket, region));
  if (isNew) await create(s3, bucket, region);
  const mended: string[] = [];
  for (const part of BUCKET_PARTS) if (await part.ensure(s3, bucket, region)) mended.push(part.name);
  return { isNew, mended };
}

async function isThere(s3: S3Client, bucket: OwnBucket, region: string): Promise<boolean> {
  try {
    const { BucketRegion = region } = await s3.send(new HeadBucketCommand(bucket));
    if (BucketRegion !== region) throw inOtherRegion(bucket, BucketRegion, region);
    return true;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    if (error.$metadata.httpStatusCode === 404) return false;
    const elsewhere = error.$response?.headers["x-amz-bucket-region"];
    if (error.$metadata.httpStatusCode === 301 && elsewhere !== undefined) {
      throw inOtherRegion(bucket, elsewhere, region);
    }
    // A HEAD has no body in which S3 could say why.
    if (error.$metadata.httpStatusCode === 403) throw notOurs(bucket);
    throw error;
  }
}

/** S3 takes no location for us-east-1, which was there first. */
async function create(
  s3: S3Client,
  { Bucket, ExpectedBucketOwner }: OwnBucket,
  region: string,
): Promise<void> {
  const LocationConstraint = region as BucketLocationConstraint;
  try {
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        ObjectOwnership: ObjectOwnership.BucketOwnerEnforced,
        ...(region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint } }),
      }),
    );
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === "BucketAlreadyExists") {
      throw notOurs({ Bucket, ExpectedBucketOwner });
    }
    throw error;
  }
}

function notOurs({ Bucket, ExpectedBucketOwner }: OwnBucket): Error {
  return new Error(
    mistakeText({
      where: `the bucket ${Bucket}`,
      wrong: "is another account's, or these credentials may not see it",
      got: `credentials of the account ${ExpectedBucketOwner}`,
      allowed: "a bucket of that account that they may configure, or a name that nobody has",
      mend: `Choose another name by ${written("bucket")}, or other credentials by ${written("profile")}; to see it takes s3:ListBucket.`,
    }),
  );
}

function inOtherRegion({ Bucket }: OwnBucket, got: string, wanted: string): Error {
  return new Error(
    mistakeText({
      where: `the bucket ${Bucket}`,
      wrong: "is in another Region",
      got,
      allowed: `one in ${wanted}`,
      mend: `Choose another name by ${written("bucket")}, or its Region by ${written("region", got)}.`,
    }),
  );
}

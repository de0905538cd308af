import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { awsClients } from "./aws-clients";
import { EMULATED_REGION, type EmulatedAws } from "./emulated-aws";

/** Makes the S3 bucket for states. */
export async function createStateBucket(aws: EmulatedAws, bucket: string): Promise<void> {
  await awsClients(aws).s3.send(
    new CreateBucketCommand({
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: EMULATED_REGION },
    }),
  );
}

/** Keys of all objects in the bucket, lock files included. */
export async function bucketKeys(aws: EmulatedAws, bucket: string): Promise<string[]> {
  const { Contents = [] } = await awsClients(aws).s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = "" }) => Key);
}

/** Content of one object. */
export async function bucketObject(aws: EmulatedAws, bucket: string, key: string): Promise<string> {
  const { Body } = await awsClients(aws).s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await Body?.transformToString()) ?? "";
}

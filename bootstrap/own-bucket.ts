import { S3ServiceException } from "@aws-sdk/client-s3";

/** A bucket of an account; every call names the account, so that a bucket of another one is refused. */
export interface OwnBucket {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}

/** What nobody has configured S3 answers with an error of its own, such as `NoSuchLifecycleConfiguration`. */
export async function configured<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}

/** `name`, or the first that is free of `name-2`, `name-3` and so on. */
export function freeName(name: string, taken: readonly (string | undefined)[], separator: string): string {
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}${separator}${count}`;
    if (!taken.includes(free)) return free;
  }
}

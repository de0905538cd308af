import type { S3RequestIds } from "./s3-error";

/** What happened to an object. */
export interface ObjectChange extends S3RequestIds {
  readonly event: "ObjectCreated:Put" | "ObjectRemoved:Delete";
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** Bytes; of one that is there. */
  readonly size?: number;
  readonly eTag?: string;
  /** `X-Amzn-Trace-Id` of the request, which S3 passes on with its message. Recorded on AWS. */
  readonly trace?: string | undefined;
}

/** Whom S3 tells of it, and as what. */
export interface EventTarget {
  /** Of the configuration. */
  readonly id: string;
  /** Such as `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** Whether S3 tells a target of a change: filters are compared with the key as it is, not encoded. */
export function isToldOf({ events, prefix, suffix }: EventTarget, { event, key }: ObjectChange): boolean {
  const all = event.replace(/:.*$/, ":*");
  const wanted = events.some((name) => name === `s3:${event}` || name === `s3:${all}`);
  return wanted && key.startsWith(prefix) && key.endsWith(suffix);
}

/** Order of the changes of this process; S3 compares sequencers of one key as hexadecimal numbers. */
let sequence = BigInt(Date.now()) << 20n;

/**
 * S3's message about an object. The ids of users and the address are made up: of API Gateway's own calls nothing is recorded. Recorded on AWS in version 2.1; AWS's documentation has shown higher minor
 * versions since, which add to it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @see https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/test_s3_notifications_sqs.snapshot.json
 */
export function eventMessage(change: ObjectChange, { id }: EventTarget, bucketArn: string): string {
  const { event, bucket, key, region, size, eTag, requestId, hostId } = change;
  sequence += 1n;
  const record = {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: region,
    eventTime: new Date().toISOString(),
    eventName: event,
    userIdentity: { principalId: "AWS:AROALOCALGATEWAY00000:BackplaneAssumeRoleSession" },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: { "x-amz-request-id": requestId, "x-amz-id-2": hostId },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: id,
      bucket: { name: bucket, ownerIdentity: { principalId: "A1LOCALGATEWAY" }, arn: bucketArn },
      object: {
        key: encodedKey(key),
        ...(size !== undefined && { size }),
        ...(eTag !== undefined && { eTag }),
        sequencer: sequence.toString(16).toUpperCase().padStart(18, "0"),
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/**
 * As HTML forms have it, slashes apart: `@` is `%40`, a space is `+`. Recorded on AWS of `@` and `/`; other characters are written as
 * Java's encoder does, which is not recorded.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
function encodedKey(key: string): string {
  return encodeURIComponent(key.toWellFormed())
    .replaceAll("%2F", "/")
    .replaceAll("%20", "+")
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * What S3 sends to a queue when it is told to notify it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-enable-disable-notification-intro.html
 */
export function testMessage(bucket: string, { requestId, hostId }: S3RequestIds): string {
  return JSON.stringify({
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Time: new Date().toISOString(),
    Bucket: bucket,
    RequestId: requestId,
    HostId: hostId,
  });
}

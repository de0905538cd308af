import * as v from "valibot";
import { CONTENT_TYPE } from "../api/message";
import { chosen, flag, isGroup, list, object, text, wholeNumber } from "../schema";
import type { Checked } from "../setting";

/** What `largeBodies` holds. */
export const LARGE_BODY_ENTRIES = {
  /**
   * Days after which S3 takes a body away. It has to outlive the message that points to it: the queue keeps that for
   * `messageRetentionSeconds`, its dead-letter queue until 14 days after it came.
   */
  expirationDays: v.optional(wholeNumber(1, 3650, "days"), 15),
  /**
   * Content types whose bodies API Gateway passes as bytes; all others it decodes as UTF-8, so that only text survives, and S3 refuses
   * the rest by the checksum. Binary types hold for the whole API: none of them may be text to `POST /sqs`.
   */
  binaryTypes: v.optional(list(CONTENT_TYPE, '["application/octet-stream", "image/png"]'), [
    "application/octet-stream",
  ]),
  /**
   * ARN of a KMS key of yours that encrypts the bodies, whose policy must let the stack's role use it (`kms:GenerateDataKey`) and
   * consumers read (`kms:Decrypt`); KMS charges for it. Without it S3 encrypts them with a key of its own, which costs nothing.
   */
  encryptionKeyArn: v.optional(
    text({
      pattern: "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,64}$",
      allowed: "the ARN of a KMS key",
      example: "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000000",
    }),
  ),
  /** A destroy takes the bucket away with the bodies in it. Without it AWS refuses to take away a bucket that is not empty. */
  forceDestroy: v.optional(flag("let a destroy take the bodies away"), false),
};

const OBJECT = object(LARGE_BODY_ENTRIES, "{ `expirationDays`: 20, `forceDestroy`: true }");

const FLAG = flag("offer POST /sqs/large");

const ALLOWED = `true or false, or ${OBJECT.allowed}`;

/** Settings of bodies that are too large for SQS. */
export const LARGE_BODY_SETTINGS = {
  /**
   * Adds `POST /sqs/large` for bodies up to API Gateway's 10 MB: S3 keeps them in a bucket of the stack's, and its notification puts a
   * pointer into the queue. `true`, or an object with the keys below. S3 charges about 5 dollars for a million bodies, and 2.3 cents a
   * month for each GB. Needs `encryption` other than `kms-managed`, and no FIFO queue.
   */
  largeBodies: v.optional({
    ...chosen(v.union([FLAG, OBJECT]), (input) => (isGroup(input) ? OBJECT : FLAG)),
    allowed: ALLOWED,
  }),
};

/** What `largeBodies` says, with its defaults. */
export type LargeBodies = v.InferOutput<typeof OBJECT>;

type Given = Checked<typeof LARGE_BODY_SETTINGS>["largeBodies"];

/** What holds for large bodies; undefined where the stack takes none. */
export function largeBodiesOf(given: Given): LargeBodies | undefined {
  if (given === undefined || given === false) return undefined;
  return given === true ? v.parse(OBJECT, {}) : given;
}

import { setTimeout as sleep } from "node:timers/promises";
import { parseArn, queueUrl } from "../../aws/arn";
import { messageOf } from "../../errors/mistake";
import { type PolicyDecision, evaluatePolicies } from "../iam/policy";
import { type ObjectChange, eventMessage, isToldOf, testMessage } from "../s3/object-event";
import { newRequestIds } from "../s3/s3-error";
import type { Bucket, QueueNotification } from "../terraform/model/bucket";
import type { Queue } from "../terraform/model/queue";
import type { StackModel } from "../terraform/stack-model";
import { type CallSqs, sqsCaller } from "./page/call-sqs";
import type { ConnectedSqs } from "./connect-sqs";

/** Milliseconds before each try to tell a queue. */
const TRIES = [0, 200, 1000];

/** Milliseconds for which an answer waits for the queue. S3 itself tells queues behind the answer, mostly within seconds. */
const PATIENCE = 1000;

/** What notifications work with. */
interface NotifyingParts {
  readonly sqs: Pick<ConnectedSqs, "service" | "peek">;
  readonly region: string;
  /** Whether the S3 behind the gateway tells queues of a bucket by itself. */
  readonly tellsItself: (bucket: string) => boolean;
  /** Is told of each object that a queue could not be told of. */
  readonly tell: (line: string) => void;
}

/** What S3 tells queues of the stacks' buckets. */
export class BucketNotifications {
  /** Of what is not delivered: why, by address. */
  public readonly warnings: readonly string[];
  private readonly acting: readonly ActingNotification[];
  private readonly call: CallSqs;

  constructor(
    models: readonly StackModel[],
    private readonly parts: NotifyingParts,
  ) {
    this.call = sqsCaller(parts.sqs.service, parts.region);
    const planned = models.flatMap((stack) => plannedOf(stack, models));
    this.warnings = planned.flatMap(({ notification, refusal }) =>
      refusal === undefined ? [] : `${notification.address}: tells no queue of anything, for ${refusal}.`,
    );
    this.acting = planned.filter(
      ({ bucket, refusal }) => refusal === undefined && !parts.tellsItself(bucket.name),
    );
  }

  /**
   * S3's own test message goes to each queue of a fresh SQS, as when Terraform makes the notification.
   * @param known those that have had it; more are added
   */
  public async sendTests(known: Set<string>): Promise<void> {
    if (this.parts.sqs.peek === undefined) return;
    for (const { bucket, notification } of this.acting) {
      const key = `${bucket.name} ${notification.queueArn} ${notification.id}`;
      if (known.has(key)) continue;
      known.add(key);
      await this.send(notification.queueArn, testMessage(bucket.name, newRequestIds()));
    }
  }

  /** Never fails: that a queue could not be told is told. */
  public readonly notify = async (change: ObjectChange): Promise<void> => {
    const told = this.acting
      .filter(({ bucket, notification }) => bucket.name === change.bucket && isToldOf(notification, change))
      .map(({ bucket, notification }) => this.deliver(bucket, notification, change));
    if (told.length > 0) await Promise.race([Promise.all(told), sleep(PATIENCE, undefined, { ref: false })]);
  };

  private async deliver(
    bucket: Bucket,
    notification: QueueNotification,
    change: ObjectChange,
  ): Promise<void> {
    const message = eventMessage(change, notification, bucket.arn);
    let failure: unknown;
    for (const pause of TRIES) {
      if (pause > 0) await sleep(pause);
      try {
        await this.send(notification.queueArn, message, change.trace);
        return;
      } catch (error) {
        failure = error;
      }
    }
    const object = `${change.bucket}/${change.key}`;
    this.parts.tell(
      `${notification.address}: NOT DELIVERED: ${change.event} of ${object}, which no consumer will hear of (${messageOf(failure).replace(/\.$/, "")}). Send it to the queue yourself: ${message}`,
    );
  }

  private async send(queueArn: string, message: string, trace?: string): Promise<void> {
    const { region = this.parts.region, accountId = "", resource: queueName = "" } = parseArn(queueArn) ?? {};
    const queue = { name: queueName, url: queueUrl({ region, accountId, queueName }), attributes: {} };
    await this.call("SendMessage", queue, {
      MessageBody: message,
      ...(trace !== undefined && {
        MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: trace } },
      }),
    });
  }
}

interface ActingNotification {
  readonly bucket: Bucket;
  readonly notification: QueueNotification;
  /** Why it does not act, without a full stop. */
  readonly refusal?: string | undefined;
}

function plannedOf(stack: StackModel, models: readonly StackModel[]): ActingNotification[] {
  const queues = models.flatMap((model) => model.queues);
  const owner = stack.restApis[0]?.accountId ?? "";
  return stack.buckets.flatMap((bucket) =>
    bucket.notifications.map((notification) => {
      const queue = queues.find(({ arn }) => arn === notification.queueArn);
      return { bucket, notification, refusal: queue && refusalOf(queue, bucket, owner) };
    }),
  );
}

/** AWS's words are recorded. A queue that is not in the stacks is taken to let S3 send. Left out: policies of customers' keys of KMS. */
function refusalOf(queue: Queue, bucket: Bucket, owner: string): string | undefined {
  if (/(?:^|:)alias\/aws\/sqs$/.test(queue.attributes.KmsMasterKeyId ?? "")) {
    return `${queue.address} is encrypted with AWS's own key, alias/aws/sqs, which lets no other service in: on AWS no message arrives. Use SQS's own encryption, or a key of yours whose policy lets s3.amazonaws.com use it`;
  }
  const decision = mayTell(queue, bucket, owner);
  if (decision === "Allow") return undefined;
  const what = `the policy of ${queue.address} lets s3.amazonaws.com send for ${bucket.arn}`;
  return decision === "Undetermined"
    ? `whether ${what} is known only after an apply`
    : `it is not so that ${what}, and AWS refuses the notification: "Permissions on the destination queue do not allow S3 to publish notifications from this bucket"`;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html */
function mayTell({ arn, policy }: Queue, bucket: Bucket, owner: string): PolicyDecision {
  return evaluatePolicies(policy === undefined ? [] : [policy], {
    action: "sqs:SendMessage",
    resource: arn,
    principal: { type: "Service", value: "s3.amazonaws.com" },
    context: {
      "aws:SourceArn": bucket.arn,
      "aws:SourceAccount": owner,
      "aws:SecureTransport": "true",
    },
  });
}

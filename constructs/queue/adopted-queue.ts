import type { SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { Op, type Precondition, type TerraformResourceLifecycle } from "cdktf";
import { parseArn, queueUrl } from "../../aws/arn";

/** Attributes that say what a setting says. */
const ATTRIBUTES_OF = {
  maxMessageSize: ["max_message_size"],
  delaySeconds: ["delay_seconds"],
  messageRetentionSeconds: ["message_retention_seconds"],
  visibilityTimeoutSeconds: ["visibility_timeout_seconds"],
  receiveWaitTimeSeconds: ["receive_wait_time_seconds"],
  contentBasedDeduplication: ["content_based_deduplication"],
  fifoHighThroughput: ["deduplication_scope", "fifo_throughput_limit"],
  encryption: ["kms_master_key_id", "kms_data_key_reuse_period_seconds", "sqs_managed_sse_enabled"],
  queuePolicyStatements: ["policy"],
} as const;

/** Attributes that no setting says, and a queue has all the same: tags replace each other as a whole. */
const UNSAID = ["tags", "tags_all"];

/** What is written of a queue, of which the lifecycle of its resource follows. */
type Written = { readonly [K in keyof typeof ATTRIBUTES_OF]?: unknown } & {
  readonly adoptQueue?: string | undefined;
  readonly keepQueueAttributes?: boolean | undefined;
  readonly preventDestroy?: boolean | undefined;
};

type WithLifecycle = Pick<SqsQueueConfig, "lifecycle">;

/** Attributes that stay as the queue has them, whatever their resource says: what it says is for a queue made anew. */
function keptAttributes(given: Written): string[] {
  const unwritten = Object.entries(ATTRIBUTES_OF).filter(
    ([setting]) => given[setting as keyof typeof ATTRIBUTES_OF] === undefined,
  );
  return [...unwritten.flatMap(([, attributes]) => attributes), ...UNSAID];
}

/** The lifecycle of the resource of the queue `queueArn`; `namedInPolicy` are the ARNs by which its statements name it. */
export function queueLifecycle(
  given: Written,
  queueArn: string,
  namedInPolicy: readonly string[],
): WithLifecycle {
  const { adoptQueue } = given;
  const precondition = [
    ...(adoptQueue === undefined ? [] : [isTheQueue("adopt_queue", adoptQueue, queueArn)]),
    ...namedInPolicy.map((arn) => isTheQueue("queue_policy_statements", arn, queueArn)),
  ];
  return withLifecycle({ ...guarding(given), ...(precondition.length > 0 ? { precondition } : {}) });
}

/** The lifecycle of its dead-letter queue, of which fewer settings say something. */
export function deadLetterQueueLifecycle(given: Written): WithLifecycle {
  const { maxMessageSize, contentBasedDeduplication, fifoHighThroughput, encryption } = given;
  const { keepQueueAttributes, preventDestroy } = given;
  const ofBoth = { maxMessageSize, contentBasedDeduplication, fifoHighThroughput, encryption };
  return withLifecycle(guarding({ ...ofBoth, keepQueueAttributes, preventDestroy }));
}

function guarding(given: Written): TerraformResourceLifecycle {
  const { preventDestroy, keepQueueAttributes } = given;
  return {
    ...(preventDestroy ? { preventDestroy } : {}),
    ...(keepQueueAttributes ? { ignoreChanges: keptAttributes(given) } : {}),
  };
}

function withLifecycle(lifecycle: TerraformResourceLifecycle): WithLifecycle {
  return Object.keys(lifecycle).length === 0 ? {} : { lifecycle };
}

/**
 * Else Terraform would import one queue and replace it by another, or a statement would hold for a queue that it does not name:
 * Terraform checks the name, Region and account that it has.
 */
function isTheQueue(setting: string, arn: string, queueArn: string): Precondition {
  return {
    condition: Op.eq(queueArn, arn),
    errorMessage: `${setting}: is another queue than the stack's, got ${arn}; the stack's is ${queueArn}. Give both the same name, Region and account.`,
  };
}

/** What the AWS provider knows a queue by: its URL on AWS. */
export function importIdOf(arn: string): string {
  const { region = "", accountId = "", resource: queueName = "" } = parseArn(arn) ?? {};
  return queueUrl({ region, accountId, queueName });
}

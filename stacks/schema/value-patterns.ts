/**
 * Patterns of the values that a Terraform variable holds too: the settings schema and the variable's `validation` block
 * check the same. Written in the syntax that JavaScript and Terraform (RE2) share.
 */
export const AWS_REGION_NAME_PATTERN = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$";

/**
 * Characters in a queue's name.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
export const QUEUE_NAME_LENGTH = 80;

/** A queue's name of at most `length` characters; of a FIFO queue it may end in `.fifo`, which does not count. */
export function queueNamePattern(length: number, fifo: boolean): string {
  return `^[A-Za-z0-9_-]{1,${length}}${fifo ? "([.]fifo)?" : ""}$`;
}

export const SQS_QUEUE_ARN_PATTERN =
  "^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}([.]fifo)?$";

/** A KMS key's ARN; no alias, since a policy on an alias allows nothing. */
export const KMS_KEY_ARN_PATTERN = "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,64}$";

/** A Lambda function's ARN, plain or with a version or an alias; not with `$LATEST`, for which Lambda gives no permission. */
export const LAMBDA_ARN_PATTERN =
  "^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,140}(:[A-Za-z0-9_-]{1,128})?$";

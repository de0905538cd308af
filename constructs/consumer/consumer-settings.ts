import * as v from "valibot";
import { functionFolder } from "../lambda/folder-function";
import { LAMBDA_ARN_PATTERN } from "../lambda/lambda-arn";
import { flag, map, object, rule, text, wholeNumber } from "../schema";
import type { Checked } from "../setting";
import { FILTER_PATTERNS } from "./filter-pattern";

/** A second for each message of a small batch: six times that is a queue's visibility timeout of 30 seconds. */
export const DEFAULT_TIMEOUT_SECONDS = 5;

/** What Lambda takes for itself, or for the sample. */
const TAKEN_VARIABLES = /^(AWS_|LAMBDA_|_|IDEMPOTENCY_TABLE$|IDEMPOTENCY_ATTRIBUTE$)/;

const ENVIRONMENT_EXAMPLE = '{ "TABLE_NAME": "orders" }';

/**
 * Bytes of all variables, counted as JSON. How Lambda counts is not recorded; JSON has quotes and commas more than names and values.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LARGEST_ENVIRONMENT = 4096;

/** What is left of it beside the two variables of the stack's own, with values as long as they may be. */
const MOST_BYTES = LARGEST_ENVIRONMENT - 512;

const ENVIRONMENT_VARIABLES = map(
  v.string(rule("is not a text", "variables with text values", `Write for example ${ENVIRONMENT_EXAMPLE}.`)),
  ENVIRONMENT_EXAMPLE,
  v.pipe(
    v.string(),
    v.regex(
      /^[A-Za-z][A-Za-z0-9_]+$/,
      rule(
        "is not a variable's name",
        "two and more letters, digits and underscores, a letter first",
        "Rename it.",
      ),
    ),
    v.check(
      (name) => !TAKEN_VARIABLES.test(name),
      rule("is a variable that Lambda or the stack sets", "other names", "Rename it."),
    ),
  ),
);

const SMALL_ENVIRONMENT = v.pipe(
  ENVIRONMENT_VARIABLES,
  v.check(
    (variables) => Buffer.byteLength(JSON.stringify(variables)) <= MOST_BYTES,
    rule(
      "is more than Lambda takes",
      `up to ${MOST_BYTES} bytes as JSON, names and all`,
      "Put the large ones into the folder, or where the function reads them.",
    ),
  ),
);

/**
 * What `consumer` holds.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
 */
export const CONSUMER_ENTRIES = {
  /** ARN of a function of yours, plain or with a version or an alias, in the queue's Region. What its role has to allow is the output `consumer_policy`. */
  lambdaArn: v.optional(
    text({
      pattern: LAMBDA_ARN_PATTERN,
      allowed: "the ARN of a Lambda function, plain or with a version or an alias",
      example: "arn:aws:lambda:eu-central-1:123456789012:function:orders",
    }),
  ),
  /**
   * In its place: a folder of JavaScript with an `index.js` that exports `handler`, of which the stack makes the function (Node.js
   * 22, arm64), with what stands below its `node_modules`. `lambda/consumer` is the sample. Lambda charges for the function's
   * invocations and their duration; its logs are kept for 14 days.
   */
  functionFolder: v.optional(functionFolder("lambda/consumer")),
  /** Does Lambda take messages from the queue? False is the pause button: they wait, and nothing is lost while SQS keeps them. */
  enabled: v.optional(flag("let Lambda take messages from the queue"), true),
  /**
   * How many invocations of the function may run at once: what levels the load on what is behind it. Without it, and without
   * pollers, Lambda goes up to 1,250, and takes them from the account's. Costs nothing.
   */
  maximumConcurrency: v.optional(wholeNumber(2, 1000, "invocations")),
  /**
   * Event pollers that always stand ready (provisioned mode), in the place of `maximumConcurrency`: for latency, not for leveling. Each sends up to
   * 10 batches at once, and is charged by the hour, also while nothing comes.
   */
  minimumPollers: v.optional(wholeNumber(2, 200, "pollers")),
  /** Event pollers at most; 200 without it, where `minimumPollers` is given. Ten times that is the function's concurrency. Charged by the hour. */
  maximumPollers: v.optional(wholeNumber(2, 2000, "pollers")),
  /** Messages in one invocation at most; 10 of a FIFO queue. Over 10 needs a window. */
  batchSize: v.optional(wholeNumber(1, 10_000, "messages"), 10),
  /** How long Lambda gathers messages of a standard queue before it invokes the function. Saves invocations, and makes messages wait; with any, up to 20 seconds while few come. */
  maximumBatchingWindowSeconds: v.optional(wholeNumber(0, 300, "seconds"), 0),
  /**
   * Patterns of which a message's body has to match one. **A message that matches none is deleted**, and so is one whose body is no JSON where a
   * pattern is about JSON: neither the function nor the dead-letter queue gets it.
   */
  filterPatterns: v.optional(FILTER_PATTERNS),
  /**
   * The function's answer tells which messages of a batch failed (`batchItemFailures`), and only those come back. False: when one
   * fails, all do.
   */
  reportBatchItemFailures: v.optional(flag("have only the failed messages of a batch come back"), true),
  /**
   * How long one invocation may take: of the stack's function its timeout, 5 without it; of your own what you tell of it. `visibilityTimeoutSeconds` of the
   * queue has to be six times that and the window, so that no message comes back while it is worked on.
   */
  timeoutSeconds: v.optional(wholeNumber(1, 900, "seconds")),
  /** Memory of the function that the stack makes, and with it its share of a processor; 128 without it. Lambda charges by it. */
  memorySize: v.optional(wholeNumber(128, 10_240, "MB")),
  /**
   * Concurrency that the function, which the stack makes, has for itself, taken from the account's. No fewer than `maximumConcurrency`, which it needs:
   * an invocation that is refused counts as a receive, and ends in the dead-letter queue.
   */
  reservedConcurrentExecutions: v.optional(wholeNumber(2, 100_000, "invocations")),
  /** X-Ray traces of the function that the stack makes. X-Ray charges for each trace after the first 100,000 a month. */
  tracing: v.optional(flag("trace the function's invocations"), false),
  /** Environment variables of the function that the stack makes. They are no place for secrets: they stand in the JSON and in the state. */
  environmentVariables: v.optional(SMALL_ENVIRONMENT),
  /**
   * A DynamoDB table in which the sample remembers for a day what is done, so that a message which SQS delivers twice is done once. DynamoDB charges for
   * each message: two writes, about 1.25 dollars for a million, and for the storage of that day.
   */
  idempotency: v.optional(flag("remember in a table what is done"), false),
  /**
   * With `idempotency`: the message attribute with the sender's own id, such as a forwarded `Idempotency-Key`, by which the sample
   * tells a repeat. Without it, and of a message without that attribute: SQS's message id, which tells SQS's own repeats only.
   */
  idempotencyAttribute: v.optional(
    text({
      pattern: "^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,255}$",
      allowed: "the name of a message attribute",
      example: "Idempotency-Key",
    }),
  ),
};

/** Settings of what takes the messages out of the queue. */
export const CONSUMER_SETTINGS = {
  /**
   * A Lambda function that gets the queue's messages, yours or one that the stack makes. Lambda charges for invocations and their
   * duration, SQS for receives and deletes, also while nothing comes: about 26 cents a month, beyond its free million.
   */
  consumer: v.optional(
    object(CONSUMER_ENTRIES, '{ `functionFolder`: "lambda/consumer", `maximumConcurrency`: 20 }'),
  ),
};

/** What `consumer` holds, checked. */
export type ConsumerEntries = NonNullable<Checked<typeof CONSUMER_SETTINGS>["consumer"]>;

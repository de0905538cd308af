import * as v from "valibot";
import { rule } from "./setting-message";
import {
  AWS_REGION_NAME_PATTERN,
  LAMBDA_ARN_PATTERN,
  QUEUE_NAME_LENGTH,
  queueNamePattern,
} from "./value-patterns";

interface TextRules {
  readonly pattern: string;
  readonly allowed: string;
  readonly example: string;
}

function text({ pattern, allowed, example }: TextRules) {
  const mend = `Write for example "${example}".`;
  return v.pipe(
    v.string(rule("is not a text", allowed, mend)),
    v.check((value) => value !== "", rule("is empty", allowed, `${mend} Or leave the setting out.`)),
    v.check((value) => !/^<.*>$/.test(value), rule("is still the placeholder", allowed, mend)),
    v.check((value) => new RegExp(pattern).test(value), rule("is not valid", allowed, mend)),
  );
}

const awsRegionName = text({
  pattern: AWS_REGION_NAME_PATTERN,
  allowed: "the name of an AWS Region",
  example: "eu-central-1",
});

const storageSqsQueueName = text({
  pattern: queueNamePattern(QUEUE_NAME_LENGTH),
  allowed: "1 to 80 letters, digits, hyphens and underscores",
  example: "orders",
});

const authorizerLambdaArn = text({
  pattern: LAMBDA_ARN_PATTERN,
  allowed: "the ARN of a Lambda function, plain or with a version or an alias",
  example: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
});

const stageName = text({
  pattern: "^[A-Za-z0-9_]{1,128}$",
  allowed: "1 to 128 letters, digits and underscores",
  example: "prod",
});

const preventDestroy = v.boolean(
  rule("is not true or false", "true or false", "Write true to guard the queue and its messages."),
);

const tags = v.record(
  v.string(),
  v.string(rule("is not a text", "tags with text values", 'Write for example "tags": { "team": "orders" }.')),
  rule("is not an object", "tags with text values", 'Write for example "tags": { "team": "orders" }.'),
);

/** Settings of `no-auth-stack`: `context.params` and, over them, `context.no-auth-stack`. */
export const noAuthStackSchema = v.object({
  aws_region_name: v.optional(awsRegionName),
  storage_sqs_queue_name: v.optional(storageSqsQueueName),
  stage_name: v.optional(stageName),
  prevent_destroy: v.optional(preventDestroy),
  tags: v.optional(tags),
});

/** Settings of `auth-stack`: `context.params` and, over them, `context.auth-stack`. */
export const authStackSchema = v.object({
  ...noAuthStackSchema.entries,
  authorizer_lambda_arn: v.optional(authorizerLambdaArn),
});

/** `context.environment`. No hyphen: it ends the queue's name, after one. */
export const environmentSchema = v.optional(
  text({
    pattern: "^[a-z][a-z0-9]{0,15}$",
    allowed: "a lower-case letter and up to 15 letters and digits",
    example: "staging",
  }),
);

export type NoAuthStackSettings = v.InferOutput<typeof noAuthStackSchema>;
export type AuthStackSettings = v.InferOutput<typeof authStackSchema>;

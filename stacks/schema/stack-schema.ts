import * as v from "valibot";
import { API_ENTRIES, AUTHORIZER_ENTRIES, TAGS_ENTRY } from "./api-schema";
import { AUTHORIZED_MESSAGE_ENTRIES, MESSAGE_ENTRIES } from "./message-schema";
import { QUEUE_ENTRIES } from "./queue-schema";
import { text } from "./rules";
import {
  AWS_REGION_NAME_PATTERN,
  LAMBDA_ARN_PATTERN,
  QUEUE_NAME_LENGTH,
  queueNamePattern,
} from "./value-patterns";

const awsRegionName = text({
  pattern: AWS_REGION_NAME_PATTERN,
  allowed: "the name of an AWS Region",
  example: "eu-central-1",
});

const storageSqsQueueName = text({
  pattern: queueNamePattern(QUEUE_NAME_LENGTH, true),
  allowed: "1 to 80 letters, digits, hyphens and underscores",
  example: "orders",
});

const authorizerLambdaArn = text({
  pattern: LAMBDA_ARN_PATTERN,
  allowed: "the ARN of a Lambda function, plain or with a version or an alias",
  example: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
  refused: {
    pattern: /:[$]LATEST$/,
    wrong: "ends in $LATEST, for which Lambda gives no permission",
    mend: 'Drop ":$LATEST": without it the ARN means the same code.',
  },
});

/** Settings of `no-auth-stack`: `context.params` and, over them, `context.no-auth-stack`. */
export const noAuthStackSchema = v.object({
  aws_region_name: v.optional(awsRegionName),
  storage_sqs_queue_name: v.optional(storageSqsQueueName),
  ...API_ENTRIES,
  ...MESSAGE_ENTRIES,
  ...QUEUE_ENTRIES,
  ...TAGS_ENTRY,
});

/** Settings of `auth-stack`: `context.params` and, over them, `context.auth-stack`. */
export const authStackSchema = v.object({
  ...noAuthStackSchema.entries,
  authorizer_lambda_arn: v.optional(authorizerLambdaArn),
  ...AUTHORIZER_ENTRIES,
  ...AUTHORIZED_MESSAGE_ENTRIES,
});

/** `context.environment`. No hyphen: it ends the queue's name, after one, as -dlq does that of a dead-letter queue. */
export const environmentSchema = v.optional(
  text({
    pattern: "^(?!dlq$)[a-z][a-z0-9]{0,15}$",
    allowed: "a lower-case letter and up to 15 letters and digits, but not dlq",
    example: "staging",
  }),
);

export type NoAuthStackSettings = v.InferOutput<typeof noAuthStackSchema>;
export type AuthStackSettings = v.InferOutput<typeof authStackSchema>;

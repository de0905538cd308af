import * as v from "valibot";
import { rule } from "./setting-message";
import { AWS_REGION_NAME_PATTERN, LAMBDA_ARN_PATTERN, QUEUE_NAME_PATTERN } from "./value-patterns";

interface TextRules {
  readonly pattern: string;
  readonly allowed: string;
  readonly example: string;
}

function text({ pattern, allowed, example }: TextRules) {
  const mend = `Write for example "${example}".`;
  return v.pipe(
    v.string(rule("is not a text", allowed, mend)),
    v.check(
      (value) => value !== "",
      rule("is empty", allowed, `${mend} Or leave the setting out: Terraform then asks for it.`),
    ),
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
  pattern: QUEUE_NAME_PATTERN,
  allowed: "1 to 80 letters, digits, hyphens and underscores",
  example: "orders",
});

const authorizerLambdaArn = text({
  pattern: LAMBDA_ARN_PATTERN,
  allowed: "the ARN of a Lambda function, plain or with a version or an alias",
  example: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
});

/** Settings of `no-auth-stack`: `context.params` and, over them, `context.no-auth-stack`. */
export const noAuthStackSchema = v.object({
  aws_region_name: v.optional(awsRegionName),
  storage_sqs_queue_name: v.optional(storageSqsQueueName),
});

/** Settings of `auth-stack`: `context.params` and, over them, `context.auth-stack`. */
export const authStackSchema = v.object({
  ...noAuthStackSchema.entries,
  authorizer_lambda_arn: v.optional(authorizerLambdaArn),
});

export type NoAuthStackSettings = v.InferOutput<typeof noAuthStackSchema>;
export type AuthStackSettings = v.InferOutput<typeof authStackSchema>;

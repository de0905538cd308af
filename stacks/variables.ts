import { Fn, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { SECRET_PATTERN, type SecretHeaderValues } from "../constructs/api/secret-header";
import { LAMBDA_ARN_PATTERN } from "../constructs/lambda/lambda-arn";
import { AWS_REGION_NAME_PATTERN } from "../constructs/aws-location";
import { queueNamePattern } from "../constructs/queue/queue-name";

/** `aws_region_name`, with the setting as default; without one Terraform asks. */
export function awsRegionNameVariable(stack: Construct, setting: string | undefined): TerraformVariable {
  return variable(stack, "aws_region_name", setting, {
    description: "AWS Region of the API and the queue.",
    pattern: AWS_REGION_NAME_PATTERN,
    errorMessage:
      "aws_region_name: is not the name of an AWS Region; allowed are names such as eu-central-1. Set it to the Region of the API.",
  });
}

/**
 * `storage_sqs_queue_name`, with the setting as default; without one Terraform asks. `length` is what the name may have,
 * besides `.fifo`.
 */
export function storageSqsQueueNameVariable(
  stack: Construct,
  setting: string | undefined,
  length: number,
  fifo: boolean,
): TerraformVariable {
  return variable(stack, "storage_sqs_queue_name", setting, {
    description: "Name of the SQS queue that stores the messages.",
    pattern: queueNamePattern(length, fifo),
    errorMessage: `storage_sqs_queue_name: is not a queue name; allowed are 1 to ${length} letters, digits, hyphens and underscores. Set it to a name such as orders.`,
  });
}

/** `authorizer_lambda_arn`, with the setting as default; without one Terraform asks. */
export function authorizerLambdaArnVariable(
  stack: Construct,
  setting: string | undefined,
): TerraformVariable {
  return variable(stack, "authorizer_lambda_arn", setting, {
    description: "ARN of the Lambda function that authorizes callers: plain, or with a version or an alias.",
    pattern: LAMBDA_ARN_PATTERN,
    errorMessage:
      "authorizer_lambda_arn: is not the ARN of a Lambda function; allowed are ARNs such as arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer, with a version or an alias if you like, but not $LATEST. Set it to your authorizer's ARN.",
  });
}

const SECRET_ALLOWED =
  "24 to 256 letters, digits and . _ ~ + / = : @ ! * , ; ? % & ( ) -, with spaces inside. Set it to what `openssl rand -hex 32` prints, for example.";

/**
 * `secret_header_value`, for which Terraform asks, and `secret_header_previous_value`, which is empty unless a secret is being
 * changed. Neither has a setting: cdktf.json is no place for a secret.
 */
export function secretHeaderVariables(stack: Construct): SecretHeaderValues {
  const current = variable(stack, "secret_header_value", undefined, {
    description: "Value that the header of the setting secret_header must have.",
    pattern: SECRET_PATTERN,
    errorMessage: `secret_header_value: is not a secret that a mapping template can hold; allowed are ${SECRET_ALLOWED}`,
    sensitive: true,
  });
  const previous = variable(stack, "secret_header_previous_value", "", {
    description: "Value that is right, too, while the secret is being changed; empty otherwise.",
    pattern: `^$|${SECRET_PATTERN}`,
    errorMessage: `secret_header_previous_value: is not a secret that a mapping template can hold; allowed are ${SECRET_ALLOWED}`,
    sensitive: true,
  });
  return {
    current: current.stringValue,
    previous: Fn.coalesce([previous.stringValue, current.stringValue]) as string,
  };
}

/** `webhook_verify_token`, for which Terraform asks. */
export function verifyTokenVariable(stack: Construct): TerraformVariable {
  return variable(stack, "webhook_verify_token", undefined, {
    description: "The verify token that you give the sender of the webhooks when you register the URL.",
    pattern: SECRET_PATTERN,
    errorMessage: `webhook_verify_token: is not a token that a mapping template can hold; allowed are ${SECRET_ALLOWED}`,
    sensitive: true,
  });
}

/** `authorizer_token`, which Terraform asks for: it must not stand in the JSON. */
export function authorizerTokenVariable(stack: Construct): TerraformVariable {
  return new TerraformVariable(stack, "authorizer_token", {
    type: "string",
    nullable: false,
    sensitive: true,
    description:
      "The token that the authorizer's function admits. It is in the state and in the function's configuration.",
    validation: [
      {
        condition: "${length(var.authorizer_token) >= 16}",
        errorMessage:
          "authorizer_token: is too short; allowed are 16 characters and more, which nobody guesses. Make one, for example by: openssl rand -base64 32.",
      },
    ],
  });
}

interface VariableText {
  readonly description: string;
  readonly pattern: string;
  readonly errorMessage: string;
  readonly sensitive?: true;
}

function variable(
  stack: Construct,
  name: string,
  setting: string | undefined,
  text: VariableText,
): TerraformVariable {
  return new TerraformVariable(stack, name, {
    type: "string",
    nullable: false,
    ...(setting === undefined ? {} : { default: setting }),
    description: text.description,
    ...(text.sensitive ? { sensitive: true } : {}),
    validation: [
      {
        condition: `\${can(regex(${JSON.stringify(text.pattern)}, var.${name}))}`,
        errorMessage: text.errorMessage,
      },
    ],
  });
}

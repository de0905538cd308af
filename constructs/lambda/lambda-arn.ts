import type { LambdaPermissionConfig } from "@cdktf/provider-aws/lib/lambda-permission";
import { Fn, Op } from "cdktf";

/** A Lambda function's ARN, plain or with a version or an alias, in the syntax that JavaScript and Terraform (RE2) share. */
export const LAMBDA_ARN_PATTERN =
  "^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,140}(:[A-Za-z0-9_-]{1,128})?$";

const UNQUALIFIED_LENGTH = 7; // arn:partition:lambda:region:account:function:name

/** The Region in a function's ARN, which may be a Terraform variable. */
export function lambdaRegion(functionArn: string): string {
  return Fn.element(Fn.split(":", functionArn), 3) as string;
}

/**
 * Splits a Lambda function's ARN, which may be a Terraform variable, into what `aws_lambda_permission` takes: the ARN
 * without its version or alias, and that qualifier (null without one).
 */
export function lambdaArnParts(
  functionArn: string,
): Pick<LambdaPermissionConfig, "functionName" | "qualifier"> {
  const parts = Fn.split(":", functionArn);
  return {
    functionName: Fn.join(":", Fn.slice(parts, 0, UNQUALIFIED_LENGTH) as string[]),
    qualifier: Fn.conditional(
      Op.gt(Fn.lengthOf(parts), UNQUALIFIED_LENGTH),
      Fn.element(parts, UNQUALIFIED_LENGTH),
      null,
    ) as string,
  };
}

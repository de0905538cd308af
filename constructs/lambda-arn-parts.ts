import { Fn, Op } from "cdktf";

/**
 * Splits a Lambda function's ARN, which may be a Terraform variable, into what `aws_lambda_permission` takes: the ARN
 * without its version or alias, and that qualifier (null without one).
 */
export function lambdaArnParts(functionArn: string): { functionName: string; qualifier: string } {
  const parts = Fn.split(":", functionArn);
  const unqualifiedLength = 7; // arn:partition:lambda:region:account:function:name
  return {
    functionName: Fn.join(":", Fn.slice(parts, 0, unqualifiedLength) as string[]),
    qualifier: Fn.conditional(
      Op.gt(Fn.lengthOf(parts), unqualifiedLength),
      Fn.element(parts, unqualifiedLength),
      null,
    ) as string,
  };
}

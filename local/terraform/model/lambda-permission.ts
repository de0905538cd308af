import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";

export interface LambdaPermission {
  readonly address: string;
  readonly action: string;
  /** Function name or ARN as given, without its qualifier. */
  readonly functionName: string;
  readonly qualifier?: string;
  readonly principal: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

/** A function's name or ARN, then its qualifier: `name:alias`, `account:function:name:alias`, or a full ARN. */
const FUNCTION = /^((?:(?:arn:[^:]+:lambda:[^:]+:)?\d{12}:function:)?[\w-]+)(?::(.+))?$/;

/** `aws_lambda_permission`. */
export function readLambdaPermission(permission: TerraformResource): LambdaPermission {
  const written = permission.text("function_name");
  const [, functionName = written, suffix] = FUNCTION.exec(written) ?? [];
  const qualifier = permission.optionalText("qualifier") ?? suffix;
  if (qualifier === "$LATEST") throw latestHasNoPolicy(permission.address, written);
  return {
    address: permission.address,
    action: permission.text("action"),
    functionName,
    principal: permission.text("principal"),
    qualifier,
    sourceArn: permission.optionalText("source_arn"),
    sourceAccount: permission.optionalText("source_account"),
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html */
function latestHasNoPolicy(address: string, got: string): StackError {
  return new StackError({
    address,
    wrong: "gives a permission for $LATEST, which AWS refuses",
    got,
    allowed: "a function without a qualifier, or with a version or an alias",
    mend: "Drop the qualifier",
  });
}

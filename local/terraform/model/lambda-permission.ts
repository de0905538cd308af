import { StackError } from "../stack-error";
import type { LambdaPermission } from "../stack-model";
import { type TerraformResource, optionalText, text } from "../terraform-resource";

/** A function's name or ARN, then its qualifier: `name:alias`, `account:function:name:alias`, or a full ARN. */
const FUNCTION = /^((?:(?:arn:[^:]+:lambda:[^:]+:)?\d{12}:function:)?[\w-]+)(?::(.+))?$/;

/** `aws_lambda_permission`. */
export function readLambdaPermission(permission: TerraformResource): LambdaPermission {
  const written = text(permission, "function_name");
  const [, functionName = written, suffix] = FUNCTION.exec(written) ?? [];
  const qualifier = optionalText(permission, "qualifier") ?? suffix;
  if (qualifier === "$LATEST") throw latestHasNoPolicy(permission.address, written);
  const sourceArn = optionalText(permission, "source_arn");
  const sourceAccount = optionalText(permission, "source_account");
  return {
    address: permission.address,
    action: text(permission, "action"),
    functionName,
    principal: text(permission, "principal"),
    ...(qualifier !== undefined && { qualifier }),
    ...(sourceArn !== undefined && { sourceArn }),
    ...(sourceAccount !== undefined && { sourceAccount }),
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

import { formatArn } from "../../../../aws/arn";

import type { TerraformResource } from "../../terraform-resource";
import {
  type ComputeAttribute,
  type AttributeTable,
  type ComputedContext,
  regionalArn,
} from "./attribute-table";

const FUNCTION_ATTRIBUTES: Readonly<Record<string, ComputeAttribute>> = {
  id: (lambda) => lambda.text("function_name"),
  arn: (lambda, context) => functionArn(lambda.text("function_name"), context),
  qualified_arn: (lambda, context) => `${lambda.text("arn")}:${version(lambda, context)}`,
  version,
  invoke_arn: (lambda, context) => invokeArn(lambda.text("arn"), context),
  qualified_invoke_arn: (lambda, context) => invokeArn(lambda.text("qualified_arn"), context),
};

const ALIAS_ATTRIBUTES: Readonly<Record<string, ComputeAttribute>> = {
  arn: aliasArn,
  id: aliasArn,
  invoke_arn: (alias, context) => invokeArn(aliasArn(alias, context), context),
};

/** Lambda functions and their aliases. */
export const LAMBDA_ATTRIBUTES: AttributeTable = {
  aws_lambda_function: FUNCTION_ATTRIBUTES,
  "data.aws_lambda_function": FUNCTION_ATTRIBUTES,
  aws_lambda_alias: ALIAS_ATTRIBUTES,
  "data.aws_lambda_alias": ALIAS_ATTRIBUTES,
};

/** A function's first published version; `$LATEST` if it is not published. */
function version(lambda: TerraformResource, _context: ComputedContext): string {
  const qualifier = lambda.given("qualifier");
  if (typeof qualifier === "string") return qualifier;
  return lambda.given("publish") === true ? "1" : "$LATEST";
}

/** `name` may be an ARN already. */
function functionArn(name: string, context: ComputedContext): string {
  return name.startsWith("arn:") ? name : regionalArn(context, "lambda", `function:${name}`);
}

function aliasArn(alias: TerraformResource, context: ComputedContext): string {
  return `${functionArn(alias.text("function_name"), context)}:${alias.text("name")}`;
}

function invokeArn(arn: string, { place }: ComputedContext): string {
  const resource = `path/2015-03-31/functions/${arn}/invocations`;
  return formatArn({ ...place(), service: "apigateway", accountId: "lambda", resource });
}

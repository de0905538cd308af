import type { TerraformResource } from "../../terraform-resource";
import { type AttributeTable, type ComputedContext, regionalArn } from "./attribute-table";

const INVOKE_ARN = "arn:{@partition}:apigateway:{@region}:lambda:path/2015-03-31/functions";

const FUNCTION_ATTRIBUTES: AttributeTable[string] = {
  id: "{function_name}",
  arn: functionArn,
  qualified_arn: "{arn}:{version}",
  version,
  invoke_arn: `${INVOKE_ARN}/{arn}/invocations`,
  qualified_invoke_arn: `${INVOKE_ARN}/{qualified_arn}/invocations`,
};

const ALIAS_ATTRIBUTES: AttributeTable[string] = {
  arn: (alias, context) => `${functionArn(alias, context)}:${alias.text("name")}`,
  id: "{arn}",
  invoke_arn: `${INVOKE_ARN}/{arn}/invocations`,
};

/** Lambda functions and their aliases. */
export const LAMBDA_ATTRIBUTES: AttributeTable = {
  aws_lambda_function: FUNCTION_ATTRIBUTES,
  "data.aws_lambda_function": FUNCTION_ATTRIBUTES,
  aws_lambda_alias: ALIAS_ATTRIBUTES,
  "data.aws_lambda_alias": ALIAS_ATTRIBUTES,
};

/** A function's first published version; `$LATEST` if it is not published. */
function version(lambda: TerraformResource): string {
  const qualifier = lambda.given("qualifier");
  if (typeof qualifier === "string") return qualifier;
  return lambda.given("publish") === true ? "1" : "$LATEST";
}

/** The function's name may be an ARN already. */
function functionArn(resource: TerraformResource, context: ComputedContext): string {
  const name = resource.text("function_name");
  return name.startsWith("arn:") ? name : regionalArn(context, "lambda", `function:${name}`);
}

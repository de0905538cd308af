import { evaluate } from "../evaluate";
import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { parseExpression } from "../parse";
import { type ObjectValue, toObject } from "../value";
import { attributesText, expressionText } from "./hcl-text";
import { ANY, OBJECT, TEXT, taking } from "./parameters";

/** Functions of Terraform's own provider and of the AWS provider. */
export const PROVIDER_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  "provider::aws::arn_build": taking([TEXT, TEXT, TEXT, TEXT, TEXT], (...parts) =>
    ["arn", ...parts].join(":"),
  ),
  "provider::aws::arn_parse": taking([TEXT], parseArn),
  "provider::aws::trim_iam_role_path": taking([TEXT], trimRolePath),
  "provider::terraform::decode_tfvars": taking([TEXT], decodeAttributes),
  "provider::terraform::encode_expr": taking([ANY], expressionText),
  "provider::terraform::encode_tfvars": taking([OBJECT], attributesText),
};

/** @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse */
function parseArn(arn: string): ObjectValue {
  const [prefix, partition, service, region, account, ...resource] = arn.split(":");
  if (prefix !== "arn" || resource.length === 0) {
    throw new ExpressionError(
      `${JSON.stringify(arn)} is no ARN such as "arn:aws:sqs:us-east-1:123456789012:q"`,
    );
  }
  return { partition, service, region, account_id: account, resource: resource.join(":") };
}

/** @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/trim_iam_role_path */
function trimRolePath(arn: string): string {
  const { service, region, resource } = parseArn(arn);
  const [kind, ...path] = String(resource).split("/");
  const name = path.at(-1);
  if (service !== "iam" || region !== "" || kind !== "role" || name === undefined) {
    throw new ExpressionError(`${JSON.stringify(arn)} is not the ARN of an IAM role`);
  }
  return `${arn.slice(0, arn.length - String(resource).length)}role/${name}`;
}

/** The definitions of a `.tfvars` file, which are those of an object. */
function decodeAttributes(text: string): ObjectValue {
  return toObject(
    evaluate(parseExpression(`{\n${text}\n}`), {
      functions: new Map(),
      resolve([name = ""]) {
        throw new ExpressionError(`${name} can't be used in definitions of variables`);
      },
    }),
  );
}

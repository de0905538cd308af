import { TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import { mistakeText } from "../../errors/mistake";

/**
 * What tells a redeployment that a secret is another one, and nobody else: `terraform_data` gets a new, random id with each value. A
 * hash would stand in plans and their logs, where a weak secret can be guessed by it.
 * @param where the prop that gives the values, for messages
 * @throws Error for a value that does not come from Terraform
 */
export function secretTrigger(scope: Construct, where: string, values: readonly string[]): string {
  if (values.length === 0 || !values.every((value) => Token.isUnresolved(value))) {
    throw new Error(
      mistakeText({
        where: `${scope.node.path}.${where}`,
        wrong: "holds no secret that only Terraform knows",
        got: values.length === 0 ? "none" : "text",
        allowed: "references to sensitive Terraform variables, since the JSON is no place for a secret",
        mend: "Give the stringValue of a TerraformVariable with sensitive: true.",
      }),
    );
  }
  const resource = new TerraformResource(scope, "Value", { terraformResourceType: "terraform_data" });
  resource.addOverride("triggers_replace", values);
  return resource.getStringAttribute("id");
}

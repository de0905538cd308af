import { type PolicyDocument, type PolicyStatement, listed } from "../aws/policy-document";
import type { TerraformResource } from "../local/terraform/terraform-resource";

/** The policies of a queue or an API, its own and those of resources `apart`. */
export function resourcePolicies(
  owner: TerraformResource,
  apart: readonly TerraformResource[],
): readonly PolicyDocument[] {
  const own = owner.optionalPolicy("policy", "resource") ?? [];
  return [own, ...apart.map((one) => one.policy("policy", "resource"))].flat();
}

/** The statements of a policy that have this effect. */
export function statements(
  { Statement }: PolicyDocument,
  effect: PolicyStatement["Effect"],
): readonly PolicyStatement[] {
  return listed(Statement).filter(({ Effect }) => Effect === effect);
}

/** The keys of a statement's conditions, whatever their operators, in lower case. */
export function conditionKeys({ Condition = {} }: PolicyStatement): readonly string[] {
  return Object.values(Condition).flatMap((keys) => Object.keys(keys).map((key) => key.toLowerCase()));
}

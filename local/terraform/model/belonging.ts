import { text } from "../attribute";
import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";

/** The resource whose id another one names; throws `StackError` if it is not in the stack. */
export function referred(
  from: TerraformResource,
  attribute: string,
  candidates: readonly TerraformResource[],
): TerraformResource {
  const id = text(from, attribute);
  const found = candidates.find((candidate) => text(candidate, "id") === id);
  if (found !== undefined) return found;
  throw new StackError({
    address: `${from.address}.${attribute}`,
    wrong: "is not in this stack",
    got: id,
    allowed: `ids of resources of the same stack are`,
  });
}

/** Those of the candidates whose attribute has this value. */
export function whose(
  candidates: readonly TerraformResource[],
  values: Readonly<Record<string, string>>,
): readonly TerraformResource[] {
  const wanted = Object.entries(values);
  return candidates.filter((candidate) => wanted.every(([name, value]) => text(candidate, name) === value));
}

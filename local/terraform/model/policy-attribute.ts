import { type PolicyDocument, type PolicyKind, parsePolicy } from "../../../aws/policy-document";
import { optionalText, text } from "../attribute";
import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";

/** An attribute that holds a policy; throws `StackError` for one that AWS refuses. */
export function policy(resource: TerraformResource, name: string, kind: PolicyKind): PolicyDocument {
  const json = text(resource, name);
  try {
    return parsePolicy(json, kind);
  } catch (error) {
    throw new StackError({
      address: `${resource.address}.${name}`,
      wrong: `is a policy that AWS refuses (${error instanceof Error ? error.message : String(error)})`,
      got: json,
    });
  }
}

/** Undefined where the resource sets none. */
export function optionalPolicy(
  resource: TerraformResource,
  name: string,
  kind: PolicyKind,
): PolicyDocument | undefined {
  return optionalText(resource, name) === undefined ? undefined : policy(resource, name, kind);
}

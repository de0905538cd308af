import { type PolicyDocument, listed } from "../aws/policy-document";
import type { TerraformResource, TerraformResources } from "../local/terraform/terraform-resource";
import type { Finding } from "./rule";
import { statements } from "./statements";

/** A policy that is written into a role, with its place. */
interface RolePolicy {
  readonly address: string;
  readonly policy: PolicyDocument;
}

/** The policies that are written into a role; a state shows each both at the role and as a resource of its own. */
export function policiesOf(role: TerraformResource, resources: TerraformResources): readonly RolePolicy[] {
  const apart = resources.where("aws_iam_role_policy", { role: role.text("name") });
  const inline = role.blocks("inline_policy").filter((block) => block.optionalText("policy") !== undefined);
  const all = [...apart, ...inline].map((one) => ({
    address: one.address,
    policy: one.policy("policy", "identity"),
  }));
  return [...new Map(all.reverse().map((one) => [JSON.stringify(one.policy), one])).values()].reverse();
}

/** The policies that are attached to a role: what they allow is not the stack's alone to say. */
export function* attachedTo(role: TerraformResource, resources: TerraformResources): Iterable<Finding> {
  const name = role.text("name");
  const single = resources.where("aws_iam_role_policy_attachment", { role: name });
  const shared = resources
    .ofType("aws_iam_policy_attachment")
    .filter((attachment) => attachment.textList("roles").includes(name));
  const own = role.textList("managed_policy_arns").length > 0 ? [role] : [];
  for (const { address } of [...single, ...shared, ...own]) {
    yield { address, wrong: "gives the role a policy that may change elsewhere" };
  }
}

/** What a policy allows beyond these actions, in lower case, on resources that it names. */
export function* excesses(policy: PolicyDocument, needed: ReadonlySet<string>): Iterable<string> {
  for (const { Action, NotAction, NotResource } of statements(policy, "Allow")) {
    for (const action of listed(Action ?? [])) {
      if (!needed.has(action.toLowerCase())) yield `allows ${action}`;
    }
    if (NotAction !== undefined) yield "allows every action but some (NotAction)";
    if (NotResource !== undefined) yield "allows every resource but some (NotResource)";
  }
}

/** One action on one resource that a policy allows. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
}

/** Each action of a policy's statements with each of their resources. */
export function grantsOf(policy: PolicyDocument): readonly Grant[] {
  return statements(policy, "Allow").flatMap(({ Action, Resource }) =>
    listed(Action ?? []).flatMap((action) =>
      listed(Resource ?? []).map((resource) => ({ action, resource })),
    ),
  );
}

import { parseArn } from "../../../aws/arn";
import type { PolicyDocument } from "../../../aws/policy-document";
import { StackError } from "../stack-error";
import type { Role } from "../stack-model";
import type { TerraformResource, TerraformResources } from "../terraform-resource";

const ALLOW_ALL = allow("*");

/** AWS's own policies that matter to SQS; all others allow nothing there. */
const MANAGED: Readonly<Record<string, PolicyDocument>> = {
  AmazonSQSFullAccess: allow("sqs:*"),
  AdministratorAccess: ALLOW_ALL,
};

/** `aws_iam_role` with its inline and attached policies. */
export function readRole(role: TerraformResource, resources: TerraformResources): Role {
  return {
    address: role.address,
    arn: role.text("arn"),
    assumeRolePolicy: role.policy("assume_role_policy", "trust"),
    policies: [
      ...inlinePolicies(role),
      ...rolePolicies(role, resources),
      ...attachedArns(role, resources).flatMap(({ arn, by }) => attachedPolicy(arn, by, resources)),
    ],
  };
}

function inlinePolicies(role: TerraformResource): PolicyDocument[] {
  return role.blocks("inline_policy").flatMap((block) => block.optionalPolicy("policy", "identity") ?? []);
}

function rolePolicies(role: TerraformResource, resources: TerraformResources): PolicyDocument[] {
  const name = role.text("name");
  const own = resources.where("aws_iam_role_policy", { role: name });
  // A state shows a policy both at the role and as a resource of its own.
  const shown = inlinePolicies(role).map((inline) => JSON.stringify(inline));
  return own
    .map((apart) => apart.policy("policy", "identity"))
    .filter((document) => !shown.includes(JSON.stringify(document)));
}

interface Attached {
  readonly arn: string;
  readonly by: string;
}

function attachedArns(role: TerraformResource, resources: TerraformResources): Attached[] {
  const name = role.text("name");
  const single = resources.where("aws_iam_role_policy_attachment", { role: name });
  const shared = resources
    .ofType("aws_iam_policy_attachment")
    .filter((attachment) => attachment.textList("roles").includes(name));
  const attached = [
    ...[...single, ...shared].map((by) => ({ arn: by.text("policy_arn"), by: `${by.address}.policy_arn` })),
    ...role.textList("managed_policy_arns").map((arn) => ({
      arn,
      by: `${role.address}.managed_policy_arns`,
    })),
  ];
  return attached.filter(({ arn }, index) => attached.findIndex((other) => other.arn === arn) === index);
}

function attachedPolicy(arn: string, by: string, resources: TerraformResources): PolicyDocument[] {
  const { accountId, resource = "" } = parseArn(arn) ?? {};
  if (accountId === "aws") {
    return [MANAGED[resource.replace(/^.*\//, "")]].filter((managed) => managed !== undefined);
  }
  const [own] = resources.where("aws_iam_policy", { arn });
  if (own !== undefined) return [own.policy("policy", "managed")];
  throw new StackError({
    address: by,
    wrong: "is a policy whose document is not in this stack",
    got: arn,
    allowed: "policies of the stack and AWS's own are",
    mend: "Declare what it allows as an aws_iam_role_policy",
  });
}

function allow(action: string): PolicyDocument {
  return { Version: "2012-10-17", Statement: { Effect: "Allow", Action: action, Resource: "*" } };
}

import {
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
  paginateListRoles,
  type Role,
} from "@aws-sdk/client-iam";
import { type Aws, askedFor, listed } from "./aws";
import { STACK_TAG } from "./declared-stack";
import type { Found } from "./found";
import { command } from "./shell";

/** What the names of all roles of the stacks begin with. */
const NAME_PREFIX = "queue-leveling-";

/**
 * The roles with the tag. The tagging API lists no roles, and IAM none by a tag or by the beginning of a name.
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
 */
export async function taggedRoles(aws: Aws, tag: string): Promise<Found[]> {
  const roles = await listed(
    paginateListRoles({ client: aws.iam, pageSize: 1000 }, {}),
    ({ Roles }) => Roles,
  );
  const named = roles.filter(({ RoleName = "" }) => RoleName.startsWith(NAME_PREFIX));
  const found: Found[] = [];
  for (const role of named) if (await hasTag(aws, tag, role)) found.push(await describedRole(aws, role));
  return found;
}

async function hasTag({ iam }: Aws, tag: string, { RoleName }: Role): Promise<boolean> {
  const tags = await askedFor(iam.send(new ListRoleTagsCommand({ RoleName })));
  return tags?.Tags?.some(({ Key, Value }) => Key === STACK_TAG && Value === tag) ?? false;
}

async function describedRole({ iam }: Aws, role: Role): Promise<Found> {
  const { RoleName: name = "", Arn: arn = "", Description: description = "", CreateDate: made } = role;
  const RoleName = name;
  const own = await askedFor(iam.send(new ListRolePoliciesCommand({ RoleName })));
  const attached = await askedFor(iam.send(new ListAttachedRolePoliciesCommand({ RoleName })));
  const ofRole = (action: string, ...words: string[]) =>
    command("aws", "iam", action, "--role-name", name, ...words);
  return {
    arn,
    type: "aws_iam_role",
    importId: name,
    attributes: { name, description },
    notes: made === undefined ? [] : [`made ${made.toISOString()}`],
    remove: [
      ...(own?.PolicyNames ?? []).map((policy) => ofRole("delete-role-policy", "--policy-name", policy)),
      ...(attached?.AttachedPolicies ?? []).map(({ PolicyArn = "" }) =>
        ofRole("detach-role-policy", "--policy-arn", PolicyArn),
      ),
      ofRole("delete-role"),
    ],
  };
}

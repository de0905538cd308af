import { GetAccountCommand } from "@aws-sdk/client-api-gateway";
import {
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
  paginateListRoles,
  type Role,
} from "@aws-sdk/client-iam";
import { CLOUDWATCH_ROLE_DESCRIPTION, ROLE_NAME_PREFIX, STACK_TAG } from "../aws/own-resources";
import { type Aws, asked, askedFor, listed } from "./aws";
import type { Found } from "./found";
import { command } from "./shell";

/** A role is of no Region, and the account's settings of each Region name one. */
const MAY_BE_ANOTHER_REGIONS =
  "API Gateway writes no log of this Region with it; ask aws apigateway get-account in others, before it goes";

/**
 * The roles with the tag, without the one with which API Gateway writes the logs of all APIs here: it is in no state, and meant to stay. The tagging API lists no roles, and IAM none by a tag or by the beginning of a name.
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
 */
export async function taggedRoles(aws: Aws, tag: string): Promise<Found[]> {
  const roles = await listed(
    paginateListRoles({ client: aws.iam, pageSize: 1000 }, {}),
    ({ Roles }) => Roles,
  );
  const named = roles.filter(({ RoleName = "" }) => RoleName.startsWith(ROLE_NAME_PREFIX));
  const found: Found[] = [];
  for (const role of named) {
    if ((await hasTag(aws, tag, role)) && !(await writesLogs(aws, role))) {
      found.push(await describedRole(aws, role));
    }
  }
  return found;
}

async function hasTag({ iam }: Aws, tag: string, { RoleName }: Role): Promise<boolean> {
  const tags = await askedFor(iam.send(new ListRoleTagsCommand({ RoleName })));
  return tags?.Tags?.some(({ Key, Value }) => Key === STACK_TAG && Value === tag) ?? false;
}

/** Is it the role that the account's settings name in this Region? */
async function writesLogs({ apiGateway }: Aws, role: Role): Promise<boolean> {
  if (role.Description !== CLOUDWATCH_ROLE_DESCRIPTION) return false;
  const { cloudwatchRoleArn } = await asked(apiGateway.send(new GetAccountCommand({})));
  return cloudwatchRoleArn === role.Arn;
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
    notes: [
      ...(made === undefined ? [] : [`made ${made.toISOString()}`]),
      ...(description === CLOUDWATCH_ROLE_DESCRIPTION ? [MAY_BE_ANOTHER_REGIONS] : []),
    ],
    remove: [
      ...(own?.PolicyNames ?? []).map((policy) => ofRole("delete-role-policy", "--policy-name", policy)),
      ...(attached?.AttachedPolicies ?? []).map(({ PolicyArn = "" }) =>
        ofRole("detach-role-policy", "--policy-arn", PolicyArn),
      ),
      ofRole("delete-role"),
    ],
  };
}

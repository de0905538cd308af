import {
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { awsClients } from "./aws-clients";
import type { EmulatedAws } from "./emulated-aws";

/** A role as IAM describes it, its policies parsed. */
export interface RoleDescription {
  readonly arn: string;
  readonly trustPolicy: unknown;
  readonly inlinePolicies: readonly unknown[];
  readonly attachedPolicies: readonly unknown[];
}

/** Asks the emulated AWS for every role that it has. */
export async function describeRoles(aws: EmulatedAws): Promise<RoleDescription[]> {
  const { iam } = awsClients(aws);
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  return Promise.all(
    Roles.map(async ({ Arn = "", RoleName, AssumeRolePolicyDocument }) => {
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      const policies = await Promise.all(
        PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
      );
      return {
        arn: Arn,
        trustPolicy: parsed(AssumeRolePolicyDocument),
        inlinePolicies: policies.map(({ PolicyDocument }) => parsed(PolicyDocument)),
        attachedPolicies: AttachedPolicies,
      };
    }),
  );
}

/** IAM answers policies URL-encoded. */
function parsed(document: string | undefined): unknown {
  return JSON.parse(decodeURIComponent(document ?? "")) as unknown;
}

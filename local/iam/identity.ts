import { type Place, formatArn, parseArn } from "../../aws/arn";
import type { PolicyDocument } from "../../aws/policy-document";
import type { ContextKeys } from "../../aws/wildcards";

/** Who signs requests: a user of IAM, or a session of a role, by its access key. */
export interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Sent with every request, where the access key is a temporary one. */
  readonly sessionToken?: string | undefined;
  /** Milliseconds since 1970. @default never */
  readonly expiresAt?: number | undefined;
  readonly arn: string;
  /** What `$context.identity.caller` and `.user` are: `AIDA…` for a user, `AROA…:<session>` for a role. */
  readonly principalId: string;
  readonly policies: readonly PolicyDocument[];
}

/** The keys of AWS's own examples, which no scanner for secrets takes for real ones. */
export const SAMPLE_ACCESS_KEY = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
} as const;

/** What an identity may do where nothing else is said: call every method. */
export const MAY_INVOKE: PolicyDocument = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" },
};

/** ARN of a user of an account. */
export function userArn(
  { partition, accountId }: Pick<Place, "partition" | "accountId">,
  name: string,
): string {
  return formatArn({ partition, service: "iam", region: "", accountId, resource: `user/${name}` });
}

/**
 * An id such as AWS makes for the identity behind an access key, always the same one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
export function standInPrincipalId(arn: string, accessKeyId: string): string {
  const end = accessKeyId.replace(/^A[KS]IA/, "");
  const session = sessionOf(arn);
  return session === undefined ? `AIDA${end}` : `AROA${end}:${session.name}`;
}

interface RoleSession {
  readonly roleName: string;
  readonly name: string;
}

/** A role's session by its parts; undefined for every other identity. */
export function sessionOf(arn: string): RoleSession | undefined {
  const { service, resource = "" } = parseArn(arn) ?? {};
  const [, roleName, name] = /^assumed-role\/([^/]+)\/(.+)$/.exec(resource) ?? [];
  if (service !== "sts" || roleName === undefined || name === undefined) return undefined;
  return { roleName, name };
}

/**
 * What policies can ask of an identity.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 * Left out: tags, organizations. A role's path is not in the ARN of its sessions, so `aws:PrincipalArn` has none.
 */
export function principalKeys({ arn, principalId }: Pick<Identity, "arn" | "principalId">): ContextKeys {
  const { partition = "aws", accountId = "", resource = "" } = parseArn(arn) ?? {};
  const session = sessionOf(arn);
  const userName = /^user\/(?:.*\/)?([^/]+)$/.exec(resource)?.[1];
  return {
    "aws:PrincipalArn":
      session === undefined
        ? arn
        : formatArn({
            partition,
            service: "iam",
            region: "",
            accountId,
            resource: `role/${session.roleName}`,
          }),
    "aws:PrincipalAccount": accountId,
    "aws:PrincipalType": session !== undefined ? "AssumedRole" : resource === "root" ? "Account" : "User",
    "aws:userid": principalId,
    ...(userName !== undefined && { "aws:username": userName }),
  };
}

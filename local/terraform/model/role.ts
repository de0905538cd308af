import { parseArn } from "../../../aws/arn";
import type { PolicyDocument } from "../../../aws/policy-document";
import { hasStandIn } from "../../../aws/stand-in-text";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { undeterminedParts } from "./undetermined";

export interface Role {
  readonly address: string;
  readonly arn: string;
  /** Trust policy. */
  readonly assumeRolePolicy: PolicyDocument;
  /** Inline and attached policies; of AWS's own policies, those that matter to SQS. */
  readonly policies: readonly PolicyDocument[];
  /** What of them only an apply knows, one line each. */
  readonly undetermined?: readonly string[];
}

/**
 * AWS's own policies that matter to SQS, to S3 and to the invocation of functions; all others allow nothing there.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const MANAGED: Readonly<Record<string, PolicyDocument>> = {
  AmazonSQSFullAccess: allow("sqs:*"),
  AmazonSQSReadOnlyAccess: allow("sqs:Get*", "sqs:List*"),
  AWSLambdaSQSQueueExecutionRole: allow("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
  AmazonS3FullAccess: allow("s3:*"),
  AmazonS3ReadOnlyAccess: allow("s3:Get*", "s3:List*", "s3:Describe*"),
  AWSLambdaRole: allow("lambda:InvokeFunction"),
  AWSLambda_FullAccess: allow("lambda:*"),
  PowerUserAccess: allow("sqs:*", "s3:*", "lambda:*"),
  AdministratorAccess: allow("*"),
};

/** `aws_iam_role` with its inline and attached policies. @param asked ARNs of the queues, buckets and objects about which it may be asked */
export function readRole(
  role: TerraformResource,
  resources: TerraformResources,
  asked: readonly string[],
): Role {
  const trust = policyAt(role, "assume_role_policy", "trust");
  const policies = [
    ...inlinePolicies(role),
    ...rolePolicies(role, resources),
    ...attachedArns(role, resources).flatMap((attached) => attachedPolicy(attached, resources)),
  ];
  return {
    address: role.address,
    arn: role.text("arn"),
    assumeRolePolicy: trust.document,
    policies: policies.map(({ document }) => document),
    undetermined: [trust, ...policies].flatMap(({ undetermined }) => undetermined(asked)),
  };
}

/** A policy, its address, and what of it only an apply knows. */
interface PlacedPolicy {
  readonly document: PolicyDocument;
  readonly undetermined: (asked: readonly string[]) => readonly string[];
}

function policyAt(
  resource: TerraformResource,
  attribute: string,
  kind: "identity" | "managed" | "trust",
): PlacedPolicy {
  const at = `${resource.address}.${attribute}`;
  const text = resource.text(attribute);
  if (hasStandIn(text) && !text.trimStart().startsWith("{")) return unknownPolicy(at, "it says", kind);
  const document = resource.policy(attribute, kind);
  return { document, undetermined: (asked) => undeterminedParts(at, document, asked) };
}

/** A policy that nobody knows may allow anything. What it may deny counts for nothing, as with a role that is elsewhere. */
function unknownPolicy(at: string, what: string, kind?: string): PlacedPolicy {
  const whom = kind === "trust" ? { Principal: { Service: UNKNOWN } } : { Resource: UNKNOWN };
  return {
    document: { Statement: { Effect: "Allow", Action: "*", ...whom } },
    undetermined: () => [
      `${at}: what ${what} is known only after an apply; requests about which that decides are answered 500.`,
    ],
  };
}

/** Stands for whatever an unknown policy names. */
const UNKNOWN = "stand-in-unknowntexts";

function inlinePolicies(role: TerraformResource): PlacedPolicy[] {
  return role
    .blocks("inline_policy")
    .flatMap((block) =>
      block.optionalText("policy") === undefined ? [] : policyAt(block, "policy", "identity"),
    );
}

function rolePolicies(role: TerraformResource, resources: TerraformResources): PlacedPolicy[] {
  const name = role.text("name");
  const own = resources.where("aws_iam_role_policy", { role: name });
  // A state shows a policy both at the role and as a resource of its own.
  const shown = inlinePolicies(role).map(({ document }) => JSON.stringify(document));
  return own
    .map((apart) => policyAt(apart, "policy", "identity"))
    .filter(({ document }) => !shown.includes(JSON.stringify(document)));
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

function attachedPolicy({ arn, by }: Attached, resources: TerraformResources): PlacedPolicy[] {
  const { accountId, resource = "" } = parseArn(arn) ?? {};
  if (accountId === "aws") {
    const document = MANAGED[resource.replace(/^.*\//, "")];
    return document === undefined ? [] : [{ document, undetermined: () => [] }];
  }
  const [own] = resources.where("aws_iam_policy", { arn });
  return [own === undefined ? unknownPolicy(by, `${arn} says`) : policyAt(own, "policy", "managed")];
}

function allow(...actions: string[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: { Effect: "Allow", Action: actions, Resource: "*" } };
}

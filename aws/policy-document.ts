import * as v from "valibot";
import { hasStandIn } from "./stand-in-text";

/** Condition operators that compare, and those that negate one of them. */
const CONDITION_OPERATORS = [
  "ArnEquals",
  "ArnLike",
  "BinaryEquals",
  "Bool",
  "DateEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "IpAddress",
  "NumericEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
] as const;

export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

export const NEGATED_OPERATORS: Readonly<Record<string, ConditionOperator>> = {
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
  NumericNotEquals: "NumericEquals",
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
};

const operatorNames = [...CONDITION_OPERATORS, ...Object.keys(NEGATED_OPERATORS)].join("|");
const OPERATOR = new RegExp(`^(?:(?:ForAllValues|ForAnyValue):)?(?:(?:${operatorNames})(?:IfExists)?|Null)$`);

const ACTION = /^(?:\*|[\w-]+:.+)$/;

/** A choice by the input, not a union: its messages say where in a list something is wrong. */
function oneOrMore<Value>(value: v.GenericSchema<unknown, Value>): v.GenericSchema<unknown, Value | Value[]> {
  const more = v.pipe(v.array(value), v.nonEmpty("has no member"));
  return v.lazy<v.GenericSchema<unknown, Value | Value[]>>((input) => (Array.isArray(input) ? more : value));
}

const texts = oneOrMore(v.string());
const actions = oneOrMore(
  v.pipe(
    v.string(),
    v.check((action) => ACTION.test(action) || hasStandIn(action), "needs a service before its colon"),
  ),
);
/** To valibot a list is an object, too. */
const notList = v.custom((input) => !Array.isArray(input), "is a list");
const namedPrincipals = v.pipe(
  notList,
  v.strictObject({
    AWS: v.optional(texts),
    CanonicalUser: v.optional(texts),
    Federated: v.optional(texts),
    Service: v.optional(texts),
  }),
);
const principals = v.lazy((input) => (typeof input === "string" ? v.literal("*") : namedPrincipals));
const conditionValues = oneOrMore(v.union([v.string(), v.number(), v.boolean()]));
const conditions = v.pipe(
  notList,
  v.record(
    v.pipe(v.string(), v.regex(OPERATOR, "is no condition operator")),
    v.pipe(notList, v.record(v.string(), conditionValues)),
  ),
);

const statement = v.strictObject({
  Sid: v.optional(v.string()),
  Effect: v.picklist(["Allow", "Deny"]),
  Principal: v.optional(principals),
  NotPrincipal: v.optional(principals),
  Action: v.optional(actions),
  NotAction: v.optional(actions),
  Resource: v.optional(texts),
  NotResource: v.optional(texts),
  Condition: v.optional(conditions),
});

const versions = v.picklist(["2012-10-17", "2008-10-17"]);

/** A statement of an IAM policy. */
export type PolicyStatement = v.InferOutput<typeof statement>;

/** Is a statement about everybody, whoever has an AWS account, without a condition that keeps anybody out? */
export function isForEverybody({ Principal, NotPrincipal, Condition = {} }: PolicyStatement): boolean {
  const named = typeof Principal === "object" ? Object.values(Principal).flatMap((some) => listed(some)) : [];
  const keys = Object.values(Condition).flatMap((compared) => Object.keys(compared));
  const keepsNobodyOut = keys.every((key) => key.toLowerCase() === "aws:securetransport");
  return keepsNobodyOut && (NotPrincipal !== undefined || Principal === "*" || named.includes("*"));
}

/** What a policy may write as one or as a list, as a list. */
export function listed<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version?: v.InferOutput<typeof versions> | undefined;
  readonly Id?: string | undefined;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

const SCHEMAS = {
  /** Written into a role. */
  identity: policy(v.optional(versions), either("Resource"), neither("Principal")),
  /** A policy of its own, which IAM keeps in the current version of the language only. */
  managed: policy(v.literal("2012-10-17"), either("Resource"), neither("Principal")),
  /** Of a queue or an API. */
  resource: policy(v.optional(versions), either("Resource"), either("Principal")),
  /** Of a role: who may assume it. */
  trust: policy(v.optional(versions), neither("Resource"), either("Principal")),
  /** What an authorizer answers. AWS's guide shows it with a version always; without one there is no recording. */
  authorizer: policy(versions, either("Resource"), neither("Principal")),
};

/** Where a policy stands: what AWS demands of it differs. */
export type PolicyKind = keyof typeof SCHEMAS;

/**
 * Checks a policy as strictly as AWS does where it takes one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * Left out: whether actions, condition keys and principals exist.
 * @throws Error that says where the policy is wrong.
 */
export function readPolicy(value: unknown, kind: PolicyKind): PolicyDocument {
  const result = v.safeParse(SCHEMAS[kind], value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new Error(path === null ? issue.message : `${path}: ${issue.message}`);
}

/** Reads JSON text as {@link readPolicy} does its value. */
export function parsePolicy(json: string, kind: PolicyKind): PolicyDocument {
  return readPolicy(JSON.parse(json), kind);
}

type StatementRule = v.CheckAction<PolicyStatement, string>;

function policy(
  version: v.GenericSchema<PolicyDocument["Version"]>,
  ...rules: [resource: StatementRule, principal: StatementRule]
): v.GenericSchema<unknown, PolicyDocument> {
  return v.strictObject({
    Version: version,
    Id: v.optional(v.string()),
    Statement: oneOrMore(v.pipe(statement, either("Action"), ...rules)),
  });
}

/** An element of a statement that has a negated form. */
type NegatableElement = "Principal" | "Action" | "Resource";

function either(element: NegatableElement): StatementRule {
  const negated = `Not${element}` as const;
  return v.check(
    (value) => element in value !== negated in value,
    `needs ${element} or ${negated}, and not both`,
  );
}

function neither(element: NegatableElement): StatementRule {
  const negated = `Not${element}` as const;
  return v.check(
    (value) => !(element in value || negated in value),
    `must not have ${element} or ${negated} here`,
  );
}

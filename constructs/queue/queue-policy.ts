import { Fn } from "cdktf";
import * as v from "valibot";
import { isForEverybody, listed, type PolicyStatement, readPolicy } from "../../aws/policy-document";
import { mistakeText, shown } from "../../errors/mistake";
import { policyJson } from "../policy-json";
import { isGroup, list, rule } from "../schema";
import { QUEUE_ARN } from "./target-queue";

/** Sid of the statement that every queue of the stack has. */
const OWN_SID = "RefusePlainHttp";

/** Sid of the statement of a queue into which S3 puts pointers to large bodies. */
const LARGE_BODIES_SID = "TakePointersToLargeBodies";

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
const MOST_STATEMENTS = 20;

/** One is the stack's own in each queue. */
export const MOST_OF_THE_USERS = MOST_STATEMENTS - 1;

const EXAMPLE =
  '{ "Sid": "Partner", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::210987654321:root" }, "Action": "sqs:SendMessage" }';

const ALLOWED = "a statement of a queue's policy, in IAM's words";

/** What is wrong with a statement that IAM's grammar takes, by what it would do. */
const FAULTS: readonly {
  readonly isFault: (statement: PolicyStatement) => boolean;
  readonly wrong: string;
  readonly allowed: string;
  readonly mend: string;
}[] = [
  {
    isFault: (statement) => statement.Effect === "Allow" && isForEverybody(statement),
    wrong:
      "lets everybody use the queue: whoever has an AWS account could send past the API, or read and delete",
    allowed: "an Allow for principals that it names, or with a Condition",
    mend: 'Name the partner\'s account, such as { "AWS": "arn:aws:iam::210987654321:root" }, or add a Condition.',
  },
  {
    // No quotation mark, backslash or control character, no directive of Terraform's, and no variable in a key.
    isFault: (statement) => /\\|%\{|[$]\{[^"]*":/.test(JSON.stringify(statement)),
    wrong: "has characters that Terraform would not pass on as they are",
    allowed: "texts without quotation marks, backslashes, control characters and %{",
    mend: "Write it without them.",
  },
  {
    isFault: ({ Sid }) => Sid === OWN_SID || Sid === LARGE_BODIES_SID,
    wrong: "has the Sid of a statement of the stack's own",
    allowed: `any Sid but ${OWN_SID} and ${LARGE_BODIES_SID}`,
    mend: "Give it another Sid, or drop the statement: the stack has such a one where it needs it.",
  },
  {
    isFault: ({ Action = [], NotAction = [] }) =>
      [...listed(Action), ...listed(NotAction)].some((action) => !/^([*]$|sqs:)/i.test(action)),
    wrong: "names an action that is not SQS's",
    allowed: "actions such as sqs:SendMessage",
    mend: "Drop the action.",
  },
  {
    isFault: ({ Resource = [], NotResource }) =>
      NotResource !== undefined || listed(Resource).some((arn) => !v.is(QUEUE_ARN, arn)),
    wrong: "is about another resource than the queue",
    allowed: "the queue's ARN as the Resource, or none, which means the same",
    mend: "Leave Resource out.",
  },
];

/** One statement, as IAM takes it, whose Resource may be left out. */
const STATEMENT = v.pipe(
  v.custom<PolicyStatement>(
    isGroup,
    rule("is not a statement", "an object, in IAM's words", `Write for example ${EXAMPLE}.`),
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.typed) for (const message of mistakesIn(dataset.value)) addIssue({ message });
  }),
);

function mistakesIn(statement: PolicyStatement): string[] {
  const grammar = grammarMistake(statement);
  if (grammar !== undefined) {
    const wrong = `is not a statement that IAM takes (${grammar})`;
    return [rule(wrong, ALLOWED, `Write for example ${EXAMPLE}.`)({ input: statement })];
  }
  return FAULTS.filter(({ isFault }) => isFault(statement)).map(({ wrong, allowed, mend }) =>
    mistakeText({ wrong, got: shown(statement), allowed, mend }),
  );
}

function grammarMistake(statement: PolicyStatement): string | undefined {
  const whole = "NotResource" in statement ? statement : { Resource: "*", ...statement };
  try {
    readPolicy({ Statement: whole }, "resource");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Statement[.]/, "") : String(error);
  }
}

/** Settings of the queue's policy. */
export const QUEUE_POLICY_SETTINGS = {
  /**
   * Statements of the queue's policy beside the stack's own, which refuses plain HTTP: a partner's `Allow`, say. In IAM's words,
   * for this queue only; `Resource` may be left out. An `Allow` for everybody needs a `Condition` on more than TLS.
   */
  queuePolicyStatements: v.optional(
    v.pipe(
      list(STATEMENT, `[${EXAMPLE}]`),
      v.maxLength(
        MOST_OF_THE_USERS,
        rule("has more than SQS takes", `${MOST_OF_THE_USERS} statements`, "Put some together."),
      ),
      v.check(
        (statements) => !repeats(statements.flatMap(({ Sid }) => Sid ?? [])),
        rule("repeats a Sid", "each Sid once", "Give one of them another Sid."),
      ),
    ),
    [],
  ),
};

function repeats(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}

/** The ARNs by which statements name their queue. */
export function namedQueues(statements: readonly PolicyStatement[]): string[] {
  return [...new Set(statements.flatMap(({ Resource }) => listed(Resource ?? [])))];
}

/** A bucket whose notifications S3 may put into a queue. */
export interface NotifyingBucket {
  readonly arn: string;
  readonly accountId: string;
}

/**
 * Policy of a queue: the statement that refuses plain HTTP, one for S3 where a bucket notifies the queue, and those of the user.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
export function queuePolicy(
  queueArn: string,
  statements: readonly PolicyStatement[] = [],
  bucket?: NotifyingBucket,
): string {
  const own = {
    Sid: OWN_SID,
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queueArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const others = statements.map((statement) => ({ ...(escaped(statement) as object), Resource: queueArn }));
  return policyJson(own, ...(bucket ? [pointerStatement(queueArn, bucket)] : []), ...others);
}

/**
 * What S3 needs. That it is the account's bucket is asked apart: a bucket's ARN names no account, and a name that is given up may be another's.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
function pointerStatement(queueArn: string, { arn, accountId }: NotifyingBucket) {
  return {
    Sid: LARGE_BODIES_SID,
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: {
      ArnEquals: { "aws:SourceArn": arn },
      StringEquals: { "aws:SourceAccount": accountId },
    },
  };
}

/** IAM's own variables, such as `${aws:PrincipalAccount}`, are no expressions of Terraform's. */
function escaped(value: unknown): unknown {
  if (typeof value === "string") return value.includes("${") ? Fn.rawString(value) : value;
  if (Array.isArray(value)) return value.map(escaped);
  if (!isGroup(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item)]));
}

import { ServedDocument, stackWith } from "../support/served-document";

const S = "stand-in-0123456789ab";
const TABLE = `arn:aws:dynamodb:us-east-1:000000000000:table/${S}`;
const QUEUE = "${aws_sqs_queue.q.arn}";
const CAUSE =
  /^whether arn:aws:iam::000000000000:role\/r may call SendMessage of arn:aws:sqs:us-east-1:000000000000:q is known only after an apply$/;

type Statement = Readonly<Record<string, unknown>>;

const policy = (...statements: Statement[]) => ({
  policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});
const allow = (statement: Statement) => ({
  Effect: "Allow",
  Action: "sqs:SendMessage",
  Resource: QUEUE,
  ...statement,
});
const deny = (statement: Statement) => ({ ...allow(statement), Effect: "Deny" });

async function outcome(more: Parameters<typeof stackWith>[1]) {
  const served = await ServedDocument.start(stackWith({}, more));
  const { status } = await served.send("");
  await served.close();
  return { status, cause: served.traces[0]?.error?.cause, warnings: served.gateway.warnings };
}

const ofRole = (...statements: Statement[]) => outcome({ aws_iam_role_policy: { p: policy(...statements) } });

test.each<[string, Statement[], number]>([
  [
    "a table beside the queue",
    [allow({ Action: ["sqs:SendMessage", "dynamodb:Query"], Resource: [QUEUE, TABLE] })],
    200,
  ],
  ["a statement about a table", [allow({}), allow({ Action: "dynamodb:Query", Resource: S })], 200],
  ["a denial of a table", [allow({}), deny({ Action: "*", Resource: TABLE })], 200],
  ["a table only", [allow({ Resource: TABLE })], 500],
])("%s is no question", async (_name, statements, status) => {
  const { status: answered, cause, warnings } = await ofRole(...statements);
  expect([answered, cause, warnings]).toEqual([status, undefined, []]);
});

test.each<[string, Statement[]]>([
  ["of a resource", [allow({ Resource: S })]],
  ["of a queue's name", [allow({ Resource: `arn:aws:sqs:us-east-1:000000000000:${S}` })]],
  ["of an action", [allow({ Action: S })]],
  ["under a condition", [allow({ Condition: { StringEquals: { "aws:PrincipalAccount": S } } })]],
  ["that a denial takes back", [allow({}), deny({ Resource: S })]],
  ["but for a queue", [allow({ Resource: undefined, NotResource: S })]],
])("an allowance %s that only an apply knows is no answer but 500, and named", async (_name, statements) => {
  const { status, cause, warnings } = await ofRole(...statements);
  expect(status).toBe(500);
  expect(cause).toMatch(CAUSE);
  expect(warnings).toEqual([
    `aws_iam_role_policy.p.policy: names ${S}, which only an apply knows; requests about which that decides are answered 500.`,
  ]);
});

test("a policy that is elsewhere may allow what the role's own do not", async () => {
  const attached = { a: { role: "r", policy_arn: "arn:aws:iam::000000000000:policy/elsewhere" } };
  const warning =
    "aws_iam_role_policy_attachment.a.policy_arn: what arn:aws:iam::000000000000:policy/elsewhere says is known only after an apply; requests about which that decides are answered 500.";
  const own = await outcome({ aws_iam_role_policy_attachment: attached });
  expect([own.status, own.warnings]).toEqual([200, [warning]]);
  const other = await outcome({
    aws_iam_role_policy_attachment: attached,
    aws_iam_role_policy: { p: policy(allow({ Action: "sqs:ReceiveMessage" })) },
  });
  expect([other.status, other.warnings]).toEqual([500, [warning]]);
  expect(other.cause).toMatch(CAUSE);
});

test.each([
  ["policy", { aws_iam_role_policy: { p: { policy: S } } }, "aws_iam_role_policy.p.policy"],
  ["trust policy", { aws_iam_role: { r: { assume_role_policy: S } } }, "aws_iam_role.r.assume_role_policy"],
])("a %s whose whole text only an apply knows", async (_name, more, address) => {
  const { status, cause, warnings } = await outcome(more);
  expect(status).toBe(500);
  expect(cause).toMatch(CAUSE);
  expect(warnings).toEqual([
    `${address}: what it says is known only after an apply; requests about which that decides are answered 500.`,
  ]);
});

test("a queue's policy may deny what only an apply knows", async () => {
  const statement = deny({ Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalArn": S } } });
  const { status, warnings } = await outcome({ aws_sqs_queue: { q: policy(statement) } });
  expect(status).toBe(500);
  expect(warnings).toEqual([expect.stringMatching(/^aws_sqs_queue\.q\.policy: names stand-in-/)]);
});

test("a resource policy of the API that only an apply knows lets nobody through and refuses nobody", async () => {
  const statement = {
    Effect: "Allow",
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: "execute-api:/*",
    Condition: { IpAddress: { "aws:SourceIp": S } },
  };
  const { status, cause } = await outcome({ aws_api_gateway_rest_api: { a: policy(statement) } });
  expect(status).toBe(500);
  expect(cause).toMatch(/^whether the policies let the caller through to .* is known only after an apply$/);
});

test("a queue that is named by what only an apply knows is the policy's own all the same", async () => {
  const named = { q: { name: "${random_pet.p.id}-q" } };
  const exact = await outcome({ random_pet: { p: {} }, aws_sqs_queue: named });
  expect([exact.status, exact.cause]).toEqual([200, undefined]);
  expect(exact.warnings).toEqual([
    expect.stringMatching(/^random_pet\.p\.id: is known only after an apply; /),
  ]);
  const other = await outcome({
    random_pet: { p: {} },
    aws_sqs_queue: named,
    aws_iam_role_policy: { p: policy(allow({ Resource: `arn:aws:sqs:us-east-1:000000000000:${S}-q` })) },
  });
  expect(other.status).toBe(500);
  expect(other.warnings[0]).toBe(
    `aws_iam_role_policy.p.policy: names ${S}, which only an apply knows; requests about which that decides are answered 500.`,
  );
});

test("a queue that can't be the one that is asked about is no question", async () => {
  const Resource = [QUEUE, `arn:aws:sqs:us-east-1:000000000000:${S}-other`];
  const { status, warnings } = await ofRole(allow({ Resource }));
  expect([status, warnings]).toEqual([200, []]);
});

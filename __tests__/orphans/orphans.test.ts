import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLOUDWATCH_ROLE_DESCRIPTION } from "../../aws/own-resources";
import { orphans, type Orphans } from "../../orphans/orphans";
import { reportJson, reportText } from "../../orphans/report";
import { command } from "../../orphans/shell";
import { type AwsAnswer, FakeAws } from "../support/fake-aws";
import { SynthesizedProject } from "../support/synthesized-project";

const ACCOUNT = "123456789012";
const API = "arn:aws:apigateway:eu-central-1::/restapis";
const TAGS = { "queue-leveling:stack": "auth-stack" };

let project: SynthesizedProject;
let folder: string;
let aws: FakeAws;

beforeAll(() => {
  project = new SynthesizedProject({
    params: {
      aws_region_name: "eu-central-1",
      storage_sqs_queue_name: "orders",
      authorizer_function_folder: "lambda/token-authorizer",
    },
    "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
  });
});

afterAll(() => {
  project.remove();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
});

afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
  delete process.env.AWS_ENDPOINT_URL;
});

/** What is found where AWS answers so, beside an empty state or another one. */
async function found(
  answers: Readonly<Record<string, AwsAnswer | ((input: Readonly<Record<string, unknown>>) => AwsAnswer)>>,
  state: object = { format_version: "1.0" },
): Promise<Orphans> {
  aws = new FakeAws(({ name, input }) => {
    if (name === "GetCallerIdentity" && answers[name] === undefined) {
      return { body: `<Account>${ACCOUNT}</Account>` };
    }
    const answer = answers[name];
    return typeof answer === "function" ? answer(input) : answer;
  });
  process.env.AWS_ENDPOINT_URL = await aws.start();
  const file = join(folder, "state.json");
  writeFileSync(file, JSON.stringify(state));
  return orphans({ stack: project.stack("auth-stack"), state: file });
}

function tagged(...arns: string[]): AwsAnswer {
  return { body: { ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN })) } };
}

test("nothing on AWS is told in one line", async () => {
  const report = reportText(await found({}));
  expect(report).toBe(
    "# Nothing in eu-central-1, account 123456789012, carries queue-leveling:stack = auth-stack that is not in the state, which holds 0 resources.",
  );
});

test("the tag is asked for by the stack's name, and all pages are read", async () => {
  const filters: unknown[] = [];
  const { orphans: all } = await found({
    GetResources: ({ TagFilters, PaginationToken }) => {
      filters.push(TagFilters);
      const isFirst = PaginationToken === undefined || PaginationToken === "";
      const name = isFirst ? "first" : "second";
      const ResourceARN = `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:${name}`;
      return { body: { ResourceTagMappingList: [{ ResourceARN }], PaginationToken: isFirst ? "more" : "" } };
    },
  });
  expect(filters).toEqual(Array(2).fill([{ Key: "queue-leveling:stack", Values: ["auth-stack"] }]));
  expect(all.map(({ remove }) => remove)).toEqual([
    ["aws cloudwatch delete-alarms --alarm-names first --region eu-central-1"],
    ["aws cloudwatch delete-alarms --alarm-names second --region eu-central-1"],
  ]);
});

test("what the tagging API lists and its service knows no more is not named", async () => {
  const { orphans: all } = await found({
    GetResources: tagged(`${API}/gone`, `${API}/untagged`, `arn:aws:sqs:eu-central-1:${ACCOUNT}:gone`),
    "GET /restapis/gone": { status: 404, error: "NotFoundException" },
    "GET /restapis/untagged": { body: { id: "untagged", name: "orders", tags: {} } },
    GetQueueUrl: { error: "QueueDoesNotExist" },
  });
  expect(all).toEqual([]);
});

test("a REST API that the tagging API does not list yet is found, with its stages", async () => {
  const item = { id: "a1b2c3", name: "orders", tags: TAGS };
  const { orphans: all } = await found({
    "GET /restapis": {
      body: { item: [item, { id: "other", tags: { "queue-leveling:stack": "auth-stack-dev" } }] },
    },
    "GET /restapis/a1b2c3": { body: item },
    "GET /restapis/a1b2c3/stages": { body: { item: [{ stageName: "prod", deploymentId: "d1" }] } },
    "GET /restapis/a1b2c3/stages/prod": { body: { stageName: "prod", tags: TAGS } },
  });
  expect(all).toEqual([
    expect.objectContaining({
      id: `${API}/a1b2c3`,
      notes: ["callers can reach its stage prod"],
      remove: ["aws apigateway delete-rest-api --rest-api-id a1b2c3 --region eu-central-1"],
    }),
  ]);
});

test("two APIs fit one address: neither is to be imported", async () => {
  const item = ["one", "two"].map((id) => ({ id, name: "orders", tags: TAGS }));
  const { orphans: all } = await found({
    "GET /restapis": { body: { item } },
    "GET /restapis/one": { body: item[0] },
    "GET /restapis/two": { body: item[1] },
  });
  expect(all.map((orphan) => orphan.import)).toEqual([[], []]);
});

test("a function, its log group and an unknown kind: each with its command, or with the word that there is none", async () => {
  const { orphans: all, beforeImport } = await found({
    GetResources: tagged(
      `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/aws/lambda/queue-leveling-auth-stack`,
      `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:queue-leveling-auth-stack`,
      `arn:aws:sns:eu-central-1:${ACCOUNT}:alarms`,
    ),
  });
  expect(all.map(({ remove }) => remove)).toEqual([
    ["aws lambda delete-function --function-name queue-leveling-auth-stack --region eu-central-1"],
    [
      "aws logs delete-log-group --log-group-name /aws/lambda/queue-leveling-auth-stack --region eu-central-1",
    ],
    [],
  ]);
  expect(all.map((orphan) => orphan.import.map((line) => line.replace(/ -chdir=\S+/, "")))).toEqual([
    [expect.stringMatching(/^terraform import aws_lambda_function\.\w+ queue-leveling-auth-stack$/)],
    [
      expect.stringMatching(
        /^terraform import aws_cloudwatch_log_group\.\w+ \/aws\/lambda\/queue-leveling-auth-stack$/,
      ),
    ],
    [],
  ]);
  expect(beforeImport).toEqual([expect.stringMatching(/ apply -target=terraform_data\.\w+$/)]);
});

test("roles are told by their descriptions: that of the function, not that of the API", async () => {
  const member = (name: string, description: string) =>
    `<member><RoleName>${name}</RoleName><Arn>arn:aws:iam::${ACCOUNT}:role/${name}</Arn><Description>${description}</Description></member>`;
  const { orphans: all } = await found({
    ListRoles: {
      body: `<Roles>${member("queue-leveling-1", "Role of the function queue-leveling-auth-stack")}${member("other-1", "")}</Roles>`,
    },
    ListRoleTags: {
      body: "<Tags><member><Key>queue-leveling:stack</Key><Value>auth-stack</Value></member></Tags>",
    },
    ListRolePolicies: { body: "<PolicyNames><member>authorizer-function</member></PolicyNames>" },
  });
  expect(all).toEqual([
    {
      id: `arn:aws:iam::${ACCOUNT}:role/queue-leveling-1`,
      notes: [],
      remove: [
        "aws iam delete-role-policy --role-name queue-leveling-1 --policy-name authorizer-function",
        "aws iam delete-role --role-name queue-leveling-1",
      ],
      import: [expect.stringMatching(/ import aws_iam_role\.Authorizer\w*Function\w* queue-leveling-1$/)],
    },
  ]);
});

describe("the account's role for API Gateway's logs, which outlives the stack", () => {
  const name = "queue-leveling-auth-stack-a1-Role-X1";
  const arn = `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const answers = {
    ListRoles: {
      body: `<Roles><member><RoleName>${name}</RoleName><Arn>${arn}</Arn><Description>${CLOUDWATCH_ROLE_DESCRIPTION}</Description></member></Roles>`,
    },
    ListRoleTags: {
      body: "<Tags><member><Key>queue-leveling:stack</Key><Value>auth-stack</Value></member></Tags>",
    },
  };

  test("is no orphan while the account's settings name it", async () => {
    const { orphans: all } = await found({
      ...answers,
      "GET /account": { body: { cloudwatchRoleArn: arn } },
    });
    expect(all).toEqual([]);
  });

  test("is one else, with the word that another Region may name it", async () => {
    const { orphans: all } = await found({
      ...answers,
      "GET /account": { body: { cloudwatchRoleArn: `${arn}-other` } },
    });
    expect(all).toEqual([
      expect.objectContaining({
        id: arn,
        notes: [expect.stringContaining("ask aws apigateway get-account in others")],
        remove: [`aws iam delete-role --role-name ${name}`],
      }),
    ]);
  });
});

test("a table, and a CloudFormation stack that the state knows by its id", async () => {
  const stack = `arn:aws:cloudformation:eu-central-1:${ACCOUNT}:stack/queue-leveling-x-cloudwatch-role/0a1b`;
  const listing = tagged(stack, `${stack}2`, `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/done`);
  const resource = { mode: "managed", address: "a.b", type: "a", values: { id: stack } };
  const { orphans: all } = await found(
    { GetResources: listing },
    { format_version: "1.0", values: { root_module: { resources: [resource] } } },
  );
  expect(all.map(({ remove }) => remove)).toEqual([
    ["aws cloudformation delete-stack --stack-name queue-leveling-x-cloudwatch-role --region eu-central-1"],
    ["aws dynamodb delete-table --table-name done --region eu-central-1"],
  ]);
});

test("a bucket of large bodies, whose command stops where it has some", async () => {
  const { orphans: all } = await found({ GetResources: tagged("arn:aws:s3:::queue-leveling-bodies-1") });
  expect(all.map(({ id, remove }) => ({ id, remove }))).toEqual([
    {
      id: "arn:aws:s3:::queue-leveling-bodies-1",
      remove: ["aws s3 rb s3://queue-leveling-bodies-1 --region eu-central-1"],
    },
  ]);
});

test("a name with a line's end in it stays in its comment", async () => {
  const key = { id: "k1", name: "partner\ntouch owned", tags: TAGS };
  const result = await found({
    GetResources: tagged(`arn:aws:apigateway:eu-central-1::/apikeys/k1`),
    "GET /apikeys/k1": { body: key },
  });
  expect(reportText(result).split("\n")).not.toContain("touch owned");
});

test.each([
  [
    "terraform show -json",
    (arn: string) => ({
      format_version: "1.0",
      values: {
        root_module: {
          child_modules: [{ resources: [{ mode: "managed", address: "a.b", type: "a", values: { arn } }] }],
        },
      },
    }),
  ],
  [
    "a state file",
    (arn: string) => ({
      version: 4,
      lineage: "x",
      resources: [{ mode: "managed", type: "a", name: "b", instances: [{ attributes: { arn } }] }],
    }),
  ],
])("what is in the state is no orphan, by %s", async (_what, state) => {
  const arn = `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:known`;
  const result = await found({ GetResources: tagged(arn) }, state(arn));
  expect([result.known, result.orphans]).toEqual([1, []]);
});

test.each([
  ["a plan", { format_version: "1.2", planned_values: {} }],
  ["outputs", { queue_url: { value: "x" } }],
  ["a list", []],
])("%s is no state", async (_what, state) => {
  await expect(found({}, state)).rejects.toThrow(/state\.json: is no state; a Terraform state, or /);
});

test("credentials of another account are refused before anything is listed", async () => {
  const values = {
    root_module: {
      resources: [
        {
          mode: "managed",
          address: "a.b",
          type: "a",
          values: { arn: "arn:aws:sqs:eu-central-1:210987654321:orders" },
        },
      ],
    },
  };
  await expect(found({}, { format_version: "1.0", values })).rejects.toThrow(
    "AWS: is asked with credentials of another account than that of the state, got 123456789012; 210987654321.",
  );
  expect(aws.calls).toEqual(["GetCallerIdentity"]);
});

test.each(["GetResources", "GET /restapis", "ListQueues", "ListRoles"])(
  "%s denied is one line with all rights that are needed",
  async (name) => {
    const error = name === "ListRoles" ? "AccessDenied" : "AccessDeniedException";
    await expect(found({ [name]: { status: 403, error } })).rejects.toThrow(
      /^AWS: refuses what these credentials may not do, [^\n]*, got AccessDenied[^\n]*tag:GetResources, apigateway:GET, [^\n]*iam:ListRoles[^\n]*\.$/,
    );
  },
);

test("the text can be pasted as it is: all but commands are comments, and JSON has the same", async () => {
  const result = await found({
    GetResources: tagged(`arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:it's`),
  });
  const lines = reportText(result)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines).toEqual([`aws cloudwatch delete-alarms --alarm-names 'it'\\''s' --region eu-central-1`]);
  expect(JSON.parse(reportJson(result))).toMatchObject({
    stack: "auth-stack",
    account: ACCOUNT,
    resources_in_state: 0,
    orphans: [{ remove: lines }],
  });
});

test("a shell gets each word as it is", () => {
  expect(command("a", "b c", "$(d)", "x'y", "")).toBe(`a 'b c' '$(d)' 'x'\\''y' ''`);
});

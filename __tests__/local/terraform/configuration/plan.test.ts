import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ObjectValue } from "../../../../local/terraform/expression/value";
import { loadStack } from "../../../../local/terraform/load-stack";
import { readStack } from "../../../../local/terraform/read-stack";
import type { StackModel } from "../../../../local/terraform/stack-model";

/** What Terraform 1.11.4 tells of plans on an emulated AWS, without what nothing here reads. */
const PLANS = path.resolve(__dirname, "../../../support/plans");
const ACCOUNT = "123456789012";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "plan-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function recorded(file: string): ObjectValue {
  return JSON.parse(readFileSync(path.join(PLANS, file), "utf8")) as ObjectValue;
}

function alone(plan: ObjectValue, standIns?: Record<string, string>): StackModel {
  return readStack({ document: plan, environment: {}, ...(standIns && { standIns }) });
}

function beside(): Promise<StackModel> {
  return read(path.join(PLANS, "shop", "plan.json"));
}

async function read(file: string): Promise<StackModel> {
  return readStack({ loaded: await loadStack(file), environment: {} });
}

function uris({ restApis }: StackModel): Record<string, string> {
  const methods = restApis.flatMap(({ resources }) =>
    resources.flatMap((resource) =>
      Object.values(resource.methods).map((method) => [resource.path, method.integration.uri] as const),
    ),
  );
  return Object.fromEntries(methods);
}

function arns({ queues }: StackModel): string[] {
  return queues.map(({ arn }) => arn);
}

const SHOP_URIS = {
  "/v1/orders": `arn:aws:apigateway:eu-central-1:sqs:path/${ACCOUNT}/shop-default-orders`,
  "/v1/refunds": `arn:aws:apigateway:eu-central-1:sqs:path/${ACCOUNT}/shop-default-refunds`,
};
const SHOP_QUEUES = [
  ["eu-central-1", "counted-0"],
  ["eu-central-1", "counted-1"],
  ["eu-west-1", "elsewhere"],
  ["eu-central-1", "orders-dead"],
  ["eu-central-1", "orders"],
  ["eu-central-1", "refunds-dead"],
  ["eu-central-1", "refunds"],
].map(([region, name]) => `arn:aws:sqs:${region}:${ACCOUNT}:shop-default-${name}`);

const POLICY = "aws_iam_role_policy.send.policy";

describe("a plan of HCL alone", () => {
  it("has its instances, names, regions and account, and its links, those by key too", () => {
    const model = alone(recorded("shop/plan.json"));
    expect(arns(model)).toEqual(SHOP_QUEUES);
    expect(uris(model)).toEqual(SHOP_URIS);
    expect(model.restApis[0]?.stages).toMatchObject([{ name: "live", variables: { origin: "shop" } }]);
  });

  it("names what it does not tell, and guesses nothing of it", () => {
    const model = alone(recorded("shop/plan.json"));
    expect(model.roles).toMatchObject([
      { policies: [{ Statement: { Resource: expect.stringContaining("stand-in") as unknown } }] },
    ]);
    expect(model.queues.map(({ attributes }) => attributes.RedrivePolicy)).toEqual(Array(7).fill(undefined));
    const redrive = (key: string) => `module.route["${key}"].aws_sqs_queue.this.redrive_policy`;
    expect(model.notes().map((note) => note.slice(0, note.indexOf(": ")))).toEqual([
      POLICY,
      redrive("orders"),
      redrive("refunds"),
      POLICY,
    ]);
  });

  it("takes what is given for that", () => {
    const policy = '{"Statement":{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}}';
    const { roles, notes } = alone(recorded("shop/plan.json"), { [POLICY]: policy });
    expect(roles[0]?.policies).toEqual([JSON.parse(policy)]);
    expect(notes().filter((note) => note.startsWith(POLICY))).toEqual([]);
  });

  it("does not serve a method whose URI is lost, but the others", () => {
    const notServed = (model: StackModel) =>
      model.restApis[0]?.resources.flatMap(({ methods }) =>
        Object.values(methods).map(({ httpMethod, integration }) => [httpMethod, integration.notServed]),
      );
    const reason = expect.stringMatching(
      /^aws_api_gateway_integration\.n\.uri is known only after/,
    ) as unknown;
    expect(notServed(alone(recorded("uri.json")))).toEqual([
      ["PUT", reason],
      ["PATCH", undefined],
    ]);
    const given = { "aws_api_gateway_integration.n.uri": "arn:aws:apigateway:eu-central-1:sqs:path/q" };
    expect(notServed(alone(recorded("uri.json"), given))).toEqual([
      ["PUT", undefined],
      ["PATCH", undefined],
    ]);
  });

  it("refuses a link that may be another one, by its address", () => {
    const plan = recorded("shop/plan.json");
    const references = ["aws_api_gateway_resource.route", "each.key", "local.suffix"];
    expressions(plan, "aws_api_gateway_integration.route").resource_id = { references };
    expect(() => alone(plan)).toThrow(
      'aws_api_gateway_integration.route["orders"].resource_id: is known only after an apply (it needs aws_api_gateway_resource.route, each.key, local.suffix), and the plan does not hold its text.',
    );
  });
});

describe("a plan of HCL modules alone", () => {
  it("has the links through their arguments, by count, by a key's value, and by splat", () => {
    const model = alone(recorded("links.json"));
    const uri = (queue: string) => `arn:aws:apigateway:eu-central-1:sqs:path/${ACCOUNT}/${queue}`;
    expect(uris(model)).toEqual({
      "/c-a": uri("q-0"),
      "/c-b": uri("q-1"),
      "/k-a": uri("q-0"),
      "/k-b": uri("q-0"),
    });
    expect(model.roles[0]?.policies).toHaveLength(2);
    // The provider has no Region of its own; a data source tells the one of the environment.
    expect(arns(model)).toEqual(["q-0", "q-1"].map((name) => `arn:aws:sqs:eu-central-1:${ACCOUNT}:${name}`));
  });

  it("refuses an index by count of another count", () => {
    const plan = recorded("links.json");
    const { module_calls: calls } = rootModule(plan) as {
      module_calls: Record<string, { module: ObjectValue }>;
    };
    const { resources } = calls.api?.module as { resources: Record<string, unknown>[] };
    const target = resources.find(({ address }) => address === "aws_api_gateway_resource.by_count");
    Object.assign(target ?? {}, { count_expression: { constant_value: 2 } });
    expect(() => alone(plan)).toThrow(
      /^module\.api\.module\.counted\[\d\]\.resource_id: is known only after/,
    );
  });
});

function expressions(plan: ObjectValue, address: string): Record<string, unknown> {
  const { resources } = rootModule(plan) as { resources: ObjectValue[] };
  const found = resources.find((resource) => resource.address === address);
  return found?.expressions as Record<string, unknown>;
}

function rootModule(plan: ObjectValue): ObjectValue {
  return (plan.configuration as { root_module: ObjectValue }).root_module;
}

describe("a plan beside its configuration", () => {
  it("lacks nothing", async () => {
    const model = await beside();
    expect(arns(model)).toEqual(SHOP_QUEUES);
    expect(uris(model)).toEqual(SHOP_URIS);
    expect(model.notes()).toEqual([]);
    expect(model.queues.at(-1)?.attributes.RedrivePolicy).toBe(
      JSON.stringify({ deadLetterTargetArn: SHOP_QUEUES.at(-2), maxReceiveCount: 3 }),
    );
  });

  it("has the same methods as the configuration alone", async () => {
    const integrations = ({ restApis }: StackModel) =>
      JSON.stringify(restApis).replaceAll("000000000000", ACCOUNT);
    expect(integrations(await beside())).toBe(integrations(await read(path.join(PLANS, "shop"))));
  });

  it("is refused if it is another one's", async () => {
    cpSync(path.join(PLANS, "shop"), folder, { recursive: true });
    writeFileSync(path.join(folder, "more.tf"), 'resource "aws_sqs_queue" "more" {}');
    writeFileSync(path.join(folder, "rules", "more.tf"), 'resource "aws_sqs_queue" "inner" {}');
    await expect(read(path.join(folder, "plan.json"))).rejects.toThrow(
      "plan.json: is the plan of another configuration than that of its folder (aws_sqs_queue.more is not in the plan, module.route.aws_sqs_queue.inner is not in the plan). Plan again, or move the plan elsewhere",
    );
  });
});

describe("a plan of CDKTF's JSON alone", () => {
  it("has everything: it holds the texts of its expressions", () => {
    const model = alone(recorded("no-auth-stack.json"));
    expect(uris(model)).toEqual({ "/sqs": `arn:aws:apigateway:eu-central-1:sqs:path/${ACCOUNT}/open` });
    expect(model.roles[0]?.policies).toMatchObject([
      { Statement: [{ Action: "sqs:SendMessage", Resource: `arn:aws:sqs:eu-central-1:${ACCOUNT}:open` }] },
    ]);
    expect(model.queues[0]?.attributes.RedrivePolicy).toContain(`:${ACCOUNT}:open-dlq"`);
    expect(model.notes()).toEqual([]);
  });
});

describe("a plan on top of an applied state", () => {
  it("has what there will be, and knows what there is", () => {
    const { queues, notes } = alone(recorded("grown.json"));
    expect(queues.map(({ name }) => name)).toEqual(["late", "a", "c"]);
    expect(queues[0]?.attributes.RedrivePolicy).toBe(
      JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:eu-central-1:${ACCOUNT}:a`, maxReceiveCount: 2 }),
    );
    expect(queues.map(({ arn }) => arn.split(":")[4])).toEqual([ACCOUNT, ACCOUNT, ACCOUNT]);
    expect(notes()).toEqual([]);
  });

  it("of a target tells that it is a part", () => {
    const { queues, notes } = alone(recorded("targeted.json"));
    expect(queues.map(({ name }) => name)).toEqual(["a", "c"]);
    expect(notes()).toEqual([expect.stringMatching(/^plan: is one of a part of the configuration/)]);
  });
});

it("a plan that ended in an error is refused", async () => {
  const file = path.join(folder, "failed.json");
  writeFileSync(file, JSON.stringify({ ...recorded("grown.json"), errored: true }));
  await expect(read(file)).rejects.toThrow(/failed\.json: is a plan that Terraform did not finish/);
});

import { jsonLine, overview } from "../../local/server/overview";
import { ServedDocument, stackWith } from "../support/served-document";

const API = "${aws_api_gateway_rest_api.a.id}";
const NO_STAGE =
  "aws_api_gateway_rest_api.a: has no stage, and so no URL. Add an aws_api_gateway_deployment and an aws_api_gateway_stage for it";
const NO_KEY =
  "for it wants an API key, and no enabled one is in a usage plan of that stage. Add an aws_api_gateway_usage_plan with the stage, and an aws_api_gateway_usage_plan_key.";

const GUARDED = { aws_api_gateway_method: { m: { api_key_required: true } } };
const keyed = (enabled = true) => ({
  ...GUARDED,
  aws_api_gateway_api_key: { k: { name: "partner", enabled } },
  aws_api_gateway_usage_plan: {
    p: { name: "p", api_stages: { api_id: API, stage: "${aws_api_gateway_stage.s.stage_name}" } },
  },
  aws_api_gateway_usage_plan_key: {
    k: {
      key_id: "${aws_api_gateway_api_key.k.id}",
      key_type: "API_KEY",
      usage_plan_id: "${aws_api_gateway_usage_plan.p.id}",
    },
  },
});

function withoutStage() {
  const document = stackWith({});
  delete document.resource.aws_api_gateway_stage;
  return document;
}

test("an API without a stage can't be served alone", async () => {
  await expect(ServedDocument.start(withoutStage())).rejects.toThrow(NO_STAGE);
});

test("an API without a stage is named beside another one", async () => {
  const other = stackWith({}, { aws_api_gateway_rest_api: { b: { name: "b" } } });
  const served = await ServedDocument.start(other);
  expect(served.gateway.warnings).toEqual([`${NO_STAGE.replace("api.a", "api.b")}.`]);
  await served.close();
});

test("a deployment that makes its stage is enough", async () => {
  const document = withoutStage();
  document.resource.aws_api_gateway_deployment = { d: { rest_api_id: API, stage_name: "dev" } };
  const served = await ServedDocument.start(document);
  expect((await served.send("")).status).toBe(200);
  await served.close();
});

test("a key without a value gets one, which is shown wherever a caller looks", async () => {
  const served = await ServedDocument.start(stackWith({}, keyed()));
  const { gateway } = served;
  const value = gateway.stacks[0]?.apiKey?.value ?? "";
  expect(value).toMatch(/^[a-z0-9]{40}$/);
  expect(overview(gateway)).toContain(`-H "x-api-key: ${value}"`);
  expect(JSON.parse(jsonLine(gateway))).toMatchObject({ stacks: [{ apiKey: { name: "partner", value } }] });
  expect(gateway.warnings).toEqual([]);
  const headers = { "x-api-key": value, "Content-Type": "application/json" };
  expect((await served.send("", { headers })).status).toBe(200);
  expect((await served.send("")).status).toBe(403);
  await served.close();
});

test.each([
  ["without a usage plan", GUARDED],
  ["with a disabled key", keyed(false)],
])("a method that wants a key, %s, is answered 403 and named", async (_name, more) => {
  const served = await ServedDocument.start(stackWith({}, more));
  expect((await served.send("")).status).toBe(403);
  expect(served.gateway.warnings).toEqual([
    `aws_api_gateway_method.m: POST / of the stage dev is answered 403 to everybody, ${NO_KEY}`,
  ]);
  await served.close();
});

test("where the authorizer names the key, no header is shown", async () => {
  const source = { aws_api_gateway_rest_api: { a: { api_key_source: "AUTHORIZER" } } };
  const served = await ServedDocument.start(stackWith({}, { ...keyed(), ...source }));
  expect(overview(served.gateway)).not.toContain("x-api-key");
  expect(served.gateway.warnings).toEqual([]);
  await served.close();
});

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

test("an API without a method is named, with what AWS says of it", async () => {
  const document = stackWith({});
  const kept = [
    "aws_api_gateway_rest_api",
    "aws_api_gateway_stage",
    "aws_api_gateway_deployment",
    "aws_sqs_queue",
  ];
  const resource = Object.fromEntries(
    Object.entries(document.resource).filter(([type]) => kept.includes(type)),
  );
  const served = await ServedDocument.start({ ...document, resource });
  expect(served.gateway.warnings).toEqual([
    'aws_api_gateway_rest_api.a: has no method, and so answers 403 to everybody; AWS refuses to deploy it with "The REST API doesn\'t contain any methods". Add an aws_api_gateway_method and an aws_api_gateway_integration for it.',
  ]);
  await served.close();
});

test("a URI that templatefile would have filled in is named; one with a stage variable is not", async () => {
  const called = (queue: string) => ({
    type: "AWS",
    integration_http_method: "POST",
    credentials: "${aws_iam_role.r.arn}",
    uri: `arn:aws:apigateway:us-east-1:sqs:path/000000000000/${queue}`,
  });
  const served = await ServedDocument.start(
    stackWith({
      open: { integration: called("$${queue_name}") },
      staged: { integration: called("$${stageVariables.queue}") },
    }),
  );
  expect(served.gateway.warnings).toEqual([
    "aws_api_gateway_integration.open.uri: holds ${queue_name}, which is no stage variable, and nothing fills it in. Read the file by templatefile.",
  ]);
  await served.close();
});

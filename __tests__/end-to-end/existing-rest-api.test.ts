import { readStack } from "../../local/terraform/read-stack";
import { LocalStack } from "../support/local-stack";
import { synthesizedNoAuthStack } from "../support/synthesized";

const API = { existing_rest_api_id: "a1b2c3d4e5", stage_name: "v1" };

let local: LocalStack;

beforeAll(async () => {
  local = await LocalStack.start(
    { ...API, dead_letter_queue: false },
    {
      auth: { existing_rest_api_parent_path: "/shop/{tenant}" },
      noAuth: { deploy_existing_rest_api: true, stage_name: "v2", storage_sqs_queue_name: "open" },
    },
  );
});

afterAll(() => local.close());

test("the methods answer below the path in the API that others deploy", async () => {
  expect(local.served("auth-stack").url).toMatch(/\/auth-stack\/v1\/shop\/\{tenant\}\/sqs$/);
  const headers = { Authorization: "testtoken" };
  expect((await local.post('{"a":"&"}', { headers }, "auth-stack")).status).toBe(200);
  expect((await local.receive("auth-stack"))?.Body).toBe('{"a":"&"}');
});

test("and at the stage that the stack makes", async () => {
  expect(local.served("no-auth-stack").url).toMatch(/\/no-auth-stack\/v2\/sqs$/);
  expect((await local.post("{}")).status).toBe(200);
});

test("API Gateway's own errors are the API's, not the stack's", async () => {
  const answer = await local.post("<a/>", { headers: { "Content-Type": "text/xml" } });
  expect([answer.status, await answer.json()]).toEqual([415, { message: "Unsupported Media Type" }]);
});

describe("an API outside the stack", () => {
  const document = (change: (json: Record<string, unknown>) => void) => {
    const json = structuredClone(
      synthesizedNoAuthStack({ existingRestApiId: "a1b2c3d4e5", stageName: "v1" }).json,
    ) as Record<string, unknown>;
    change(json);
    return { document: json, environment: {} };
  };

  test("has the stage that the output names", () => {
    const [api] = readStack(document(() => undefined)).restApis;
    expect(api).toMatchObject({ id: "a1b2c3d4e5", stages: [{ name: "v1" }], gatewayResponses: {} });
  });

  test("is refused by address where nothing names a stage", () => {
    const withoutOutput = document((json) => delete json.output);
    expect(() => readStack(withoutOutput)).toThrow(
      /aws_api_gateway_resource\.\w+\.rest_api_id: is not in this stack, got "a1b2c3d4e5"/,
    );
  });

  test("is refused by address where its place in the API is not known", () => {
    const elsewhere = document((json) => delete json.data);
    expect(() => readStack(elsewhere)).toThrow(/aws_api_gateway_resource\.\w+\.parent_id: /);
  });
});

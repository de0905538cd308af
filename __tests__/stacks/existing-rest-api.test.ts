import { Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../support/synthesized";

const API = { existingRestApiId: "a1b2c3d4e5", stageName: "v1" };

function attributesOf(stack: Synthesized): [type: string, attributes: Record<string, unknown>][] {
  return Object.entries(stack.json.resource ?? {}).flatMap(([type, resources]) =>
    Object.values(resources).map((attributes): [string, Record<string, unknown>] => [type, attributes]),
  );
}

test("no resource holds for the whole API", () => {
  const types = attributesOf(synthesizedAuthStack(API)).map(([type]) => type);
  expect(types.filter((type) => /rest_api|gateway_response|deployment|stage|account/.test(type))).toEqual([]);
});

test("/sqs stands below the resource at the path, which a data source looks up", () => {
  const stack = synthesizedAuthStack({ ...API, existingRestApiParentPath: "/shop" });
  const [name = "", data] = Object.entries(stack.json.data?.aws_api_gateway_resource ?? {})[0] ?? [];
  expect(data).toMatchObject({ rest_api_id: "a1b2c3d4e5", path: "/shop" });
  expect(stack.only("aws_api_gateway_resource")).toMatchObject({
    rest_api_id: "a1b2c3d4e5",
    parent_id: `\${data.aws_api_gateway_resource.${name}.id}`,
    path_part: "sqs",
  });
});

test("names of authorizer, validator and model are the stack's own", () => {
  const stack = synthesizedAuthStack({ ...API, requestSchema: { "application/json": { type: "object" } } });
  expect(stack.only("aws_api_gateway_authorizer").name).toBe("AuthStacktoken");
  expect(stack.only("aws_api_gateway_request_validator").name).toBe("AuthStackPostValidation");
  expect(stack.only("aws_api_gateway_model").name).toBe("AuthStackPostValidationApplicationJson");
});

test("the permission is for an authorizer of that API", () => {
  expect(String(synthesizedAuthStack(API).only("aws_lambda_permission").source_arn)).toMatch(
    /^arn:\$\{data\.aws_partition\.\w+\.partition\}:execute-api:\$\{var\.aws_region_name\}:\$\{.+\}:a1b2c3d4e5\/authorizers\//,
  );
});

describe("who deploys", () => {
  const triggers = ({ json }: Synthesized) => json.output?.redeployment_triggers?.value;

  test("by default somebody else, who has the triggers and names the stage", () => {
    const stack = synthesizedNoAuthStack(API);
    expect(triggers(stack)).toMatchObject({
      configuration: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(stack.json.output?.stage_name?.value).toBe("v1");
    expect(stack.json.output?.api_url?.value).toEqual(
      expect.stringMatching(/^https:\/\/a1b2c3d4e5[.]execute-api[.].+\/v1\//),
    );
  });

  test("the triggers change with the methods", () => {
    const other = synthesizedNoAuthStack({ ...API, response: "compact" });
    expect(triggers(other)).not.toEqual(triggers(synthesizedNoAuthStack(API)));
  });

  test("the stack, where a setting says so", () => {
    const stack = synthesizedNoAuthStack({ ...API, deployExistingRestApi: true });
    expect(stack.only("aws_api_gateway_stage").stage_name).toBe("v1");
    expect(triggers(stack)).toBeUndefined();
  });
});

test("the API may send only when the queue's redrive policy stands", () => {
  const stack = synthesizedNoAuthStack(API);
  const { name_in_terraform: name } = stack.only("aws_sqs_queue_redrive_policy");
  expect(stack.only("aws_api_gateway_resource").depends_on).toEqual([`aws_sqs_queue_redrive_policy.${name}`]);
});

test("an API of the stack's own is called as ever", () => {
  expect(synthesizedAuthStack().only("aws_api_gateway_authorizer").name).toBe("token");
});

import { type Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../support/synthesized";

/**
 * What AWS provider 6.x added to the types that the stacks use: 5.100.0, the lowest version of the range, refuses it.
 * The deploy tests let that version itself say so; this tells the same in milliseconds.
 */
const UNKNOWN_TO_5_100: Readonly<Record<string, readonly string[]>> = {
  "*": ["region"],
  aws_api_gateway_integration: ["response_transfer_mode", "integration_target"],
  aws_cloudwatch_log_group: ["deletion_protection_enabled"],
};

function unknownAttributes({ json }: Synthesized): string[] {
  return Object.entries(json.resource ?? {}).flatMap(([type, resources]) => {
    const unknown = [...(UNKNOWN_TO_5_100["*"] ?? []), ...(UNKNOWN_TO_5_100[type] ?? [])];
    return Object.values(resources).flatMap((attributes) =>
      unknown.filter((name) => name in attributes).map((name) => `${type}.${name}`),
    );
  });
}

test.each([
  ["auth-stack", synthesizedAuthStack()],
  ["no-auth-stack", synthesizedNoAuthStack()],
])("%s has nothing by default that AWS provider 5.100.0 does not know", (_name, stack) => {
  expect(unknownAttributes(stack)).toEqual([]);
});

test("an attribute of provider 6.x would be noticed", () => {
  const stack = synthesizedNoAuthStack();
  const [integration] = Object.values(stack.resources("aws_api_gateway_integration"));
  Object.assign(integration ?? {}, { region: "eu-central-1", response_transfer_mode: "STREAM" });
  expect(unknownAttributes(stack)).toEqual([
    "aws_api_gateway_integration.region",
    "aws_api_gateway_integration.response_transfer_mode",
  ]);
});

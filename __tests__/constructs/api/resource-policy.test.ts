import {
  encodedJson,
  type Synthesized,
  synthesizedAuthStack,
  synthesizedNoAuthStack,
} from "../../support/synthesized";

const ENDPOINT = "vpce-0a1b2c3d4e5f60718";
const LISTS = { allowedIpAddresses: ["192.0.2.0/24", "2001:db8::/32"], deniedIpAddresses: ["192.0.2.7"] };

/** The policy's statements, without what all of them have. */
function statements(stack: Synthesized): object[] {
  const { Statement } = encodedJson(stack.only("aws_api_gateway_rest_api_policy").policy) as {
    Statement: Record<string, unknown>[];
  };
  return Statement.map(({ Action, Principal, Resource, ...rest }) => {
    expect({ Action, Principal }).toEqual({ Action: "execute-api:Invoke", Principal: "*" });
    return { ...rest, Resource: JSON.stringify(Resource).replace(/\$\{[^}]*\}/, "API") };
  });
}

const DENIED = [
  {
    Effect: "Deny",
    Resource: '["API/*"]',
    Condition: { NotIpAddress: { "aws:SourceIp": LISTS.allowedIpAddresses } },
  },
  { Effect: "Deny", Resource: '["API/*"]', Condition: { IpAddress: { "aws:SourceIp": ["192.0.2.7"] } } },
];

test("by default there is none: it would deny what it does not name", () => {
  expect(synthesizedNoAuthStack().resources("aws_api_gateway_rest_api_policy")).toEqual({});
});

test("an open API is opened and then closed to some", () => {
  expect(statements(synthesizedNoAuthStack(LISTS))).toEqual([
    { Effect: "Allow", Resource: '["API/*"]' },
    ...DENIED,
  ]);
});

test("where an authorizer decides, the policy allows nothing: an Allow would open what the authorizer does not", () => {
  expect(statements(synthesizedAuthStack(LISTS))).toEqual(DENIED);
});

test("preflights, which no authorizer sees, stay open", () => {
  const cors = { allowOrigins: ["https://shop.example"] };
  expect(statements(synthesizedAuthStack({ ...LISTS, cors }))).toEqual([
    { Effect: "Allow", Resource: '["API/*/OPTIONS/*"]' },
    ...DENIED,
  ]);
});

test("a private API is bound to its endpoints, and its lists are of addresses in the VPC", () => {
  const stack = synthesizedNoAuthStack({ ...LISTS, vpcEndpointIds: [ENDPOINT] });
  expect(statements(stack)).toEqual([
    { Effect: "Allow", Resource: '["API/*"]' },
    {
      Effect: "Deny",
      Resource: '["API/*"]',
      Condition: { StringNotEquals: { "aws:SourceVpce": [ENDPOINT] } },
    },
    expect.objectContaining({
      Condition: { NotIpAddress: { "aws:VpcSourceIp": LISTS.allowedIpAddresses } },
    }),
    expect.objectContaining({ Condition: { IpAddress: { "aws:VpcSourceIp": ["192.0.2.7"] } } }),
  ]);
});

test("the deployment comes after the policy, and is made anew when it changes", () => {
  const stack = synthesizedNoAuthStack(LISTS);
  const other = synthesizedNoAuthStack({ ...LISTS, deniedIpAddresses: ["192.0.2.8"] });
  const deployment = stack.only("aws_api_gateway_deployment");
  const { name_in_terraform: policy } = stack.only("aws_api_gateway_rest_api_policy");
  expect(deployment.depends_on).toContain(`aws_api_gateway_rest_api_policy.${policy}`);
  expect(deployment.triggers).not.toEqual(other.only("aws_api_gateway_deployment").triggers);
});

describe("a list is refused with", () => {
  test.each<[string, string[], string]>([
    ["no address", [], "is empty"],
    ["a name", ["example.com"], 'is no address, got "example.com"'],
    ["an address of three parts", ["192.0.2"], "is no address"],
    ["an address with octal parts", ["010.0.0.1"], "is no address"],
    ["a prefix beyond the address", ["192.0.2.0/33"], "is no address"],
    ["a prefix that is no number", ["192.0.2.0/a"], "is no address"],
    ["two prefixes", ["192.0.2.0/24/24"], "is no address"],
    ["a zone", ["fe80::1%eth0"], "is no address"],
    ["bits behind the prefix", ["192.0.2.7/24"], "has bits behind its prefix"],
    ["bits behind the prefix of IPv6", ["2001:db8::1/33"], "has bits behind its prefix"],
    ["IPv4 in IPv6", ["::ffff:192.0.2.7"], "is an IPv4 address in IPv6's clothes"],
    ["everybody", ["0.0.0.0/0"], "is everybody"],
    ["everybody of IPv6", ["::/0"], "is everybody"],
    ["an address twice", ["192.0.2.7", "192.0.2.7"], "repeats an item"],
    ["an address twice, written otherwise", ["192.0.2.7", "192.0.2.7/32"], "has an address twice"],
    ["an IPv6 address twice", ["2001:db8::1", "2001:DB8:0:0::1/128"], "has an address twice"],
  ])("%s", (_what, deniedIpAddresses, message) => {
    expect(() => synthesizedNoAuthStack({ deniedIpAddresses })).toThrow(message);
    expect(() => synthesizedNoAuthStack({ deniedIpAddresses })).toThrow(
      "no-auth-stack/QueueLeveling.deniedIp",
    );
  });

  test("more addresses than a policy holds", () => {
    expect(() => synthesizedNoAuthStack({ allowedIpAddresses: networks(500) })).toThrow(
      "allowedIpAddresses: is more than a resource policy holds",
    );
  });
});

/** Blocks of 18 characters, quotes and comma included. */
function networks(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `10.${100 + (index >> 7)}.${100 + (index & 127)}.0/24`);
}

test("the longest lists make a policy of the length that AWS takes, where its ARNs are long", () => {
  const ofBlocks = (count: number) => ({
    allowedIpAddresses: networks(count),
    deniedIpAddresses: ["192.0.2.7"],
    vpcEndpointIds: [ENDPOINT],
  });
  expect(() => synthesizedNoAuthStack(ofBlocks(389))).toThrow("allowedIpAddresses: is more than");
  const { policy } = synthesizedNoAuthStack(ofBlocks(388)).only("aws_api_gateway_rest_api_policy");
  const arn = "arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:a1b2c3d4e5";
  const length = JSON.stringify(encodedJson(policy)).replaceAll(/\$\{[^}]*\}/g, arn).length;
  expect(length).toBeLessThan(8192);
});

import { readStack } from "../../../../local/terraform/read-stack";

const API = "${aws_api_gateway_rest_api.api.id}";
const ROOT = "${aws_api_gateway_rest_api.api.root_resource_id}";

/** Senders by path, of an API with `/`, `/github` and `/github/enterprise`. */
function sendersOf(document: object): Record<string, string | undefined> {
  const { restApis } = readStack({ document: { ...document }, environment: {} });
  return Object.fromEntries((restApis[0]?.resources ?? []).map(({ path, sender }) => [path, sender]));
}

function configuration(output: object): object {
  return {
    provider: { aws: { region: "us-east-1" } },
    resource: {
      aws_api_gateway_rest_api: { api: { name: "api" } },
      aws_api_gateway_resource: {
        github: { rest_api_id: API, parent_id: ROOT, path_part: "github" },
        enterprise: {
          rest_api_id: API,
          parent_id: "${aws_api_gateway_resource.github.id}",
          path_part: "enterprise",
        },
      },
    },
    output,
  };
}

describe("the output webhooks", () => {
  test("tells the sender of a resource by its whole path, without its URL being worked out", () => {
    const value = {
      "/github": { sender: "github", url: "${aws_api_gateway_stage.none.invoke_url}/github" },
      "/elsewhere": { sender: "stripe", url: "https://elsewhere.example" },
    };
    expect(sendersOf(configuration({ webhooks: { value } }))).toEqual({
      "/": undefined,
      "/github": "github",
      "/github/enterprise": undefined,
    });
  });

  test("may name the root", () => {
    const value = { "/": { sender: "github", url: "" } };
    expect(sendersOf(configuration({ webhooks: { value } }))["/"]).toBe("github");
  });

  test("tells it in a state, too", () => {
    const values = { id: "abc123", root_resource_id: "root", name: "api", execution_arn: ARN };
    const resource = { id: "res", rest_api_id: "abc123", parent_id: "root", path_part: "github" };
    const state = {
      format_version: "1.0",
      values: {
        outputs: { webhooks: { sensitive: false, value: { "/github": { sender: "github", url: "…" } } } },
        root_module: {
          resources: [
            { ...inState("aws_api_gateway_rest_api", values) },
            { ...inState("aws_api_gateway_resource", resource) },
          ],
        },
      },
    };
    expect(sendersOf(state)).toEqual({ "/": undefined, "/github": "github" });
  });

  test.each([
    undefined,
    null,
    "${jsonencode({})}",
    ["/github"],
    { "/github": "github" },
    { "/github": null },
    { "/github": { sender: ["github"] } },
    { github: { sender: "github" } },
  ])("may be anybody's: %j", (value) => {
    const senders = sendersOf(configuration({ webhooks: { value } }));
    expect(Object.values(senders)).toEqual([undefined, undefined, undefined]);
  });
});

const ARN = "arn:aws:execute-api:us-east-1:123456789012:abc123";

function inState(type: string, values: object): object {
  return { address: `${type}.it`, mode: "managed", type, name: "it", values };
}

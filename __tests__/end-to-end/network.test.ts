import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { type StackName, SynthesizedProject } from "../support/synthesized-project";

const AUTHORIZER = require.resolve("../../lambda/token-authorizer/index.js");
const ARN = "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer";
const DOMAIN = {
  domain_name: "api.shop.example",
  certificate_arn: "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000",
};
const ENDPOINT = "vpce-0a1b2c3d4e5f60718";

const ALLOWS_ANOTHER_METHOD = `exports.handler = async ({ methodArn }) => ({
  principalId: "caller",
  policyDocument: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "execute-api:Invoke", Resource: methodArn.replace("/POST/sqs", "/POST/others") },
    ],
  },
});`;

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** Node.js's own client, since fetch takes no `Host`. */
async function post(url: string, { headers, method = "POST" }: Sent = {}) {
  const sent = request(url, { method, headers: { "Content-Type": "application/json", ...headers } });
  const answered = once(sent, "response") as Promise<[IncomingMessage]>;
  sent.end("{}");
  const [answer] = await answered;
  return { status: answer.statusCode, body: JSON.parse((await text(answer)) || "{}") as unknown };
}

describe("the local gateway", () => {
  let gateway: RunningGateway | undefined;
  let project: SynthesizedProject | undefined;

  /** Serves one stack with these settings, and returns where. */
  async function serve(
    stack: StackName,
    params: object,
    host?: string,
    authorizer = AUTHORIZER,
  ): Promise<string> {
    process.env.AUTHORIZER_TOKEN = "testtoken";
    project = new SynthesizedProject({
      params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "auth", authorizer_lambda_arn: ARN },
      "auth-stack": stack === "auth-stack" ? params : {},
      "no-auth-stack": { storage_sqs_queue_name: "open", ...(stack === "auth-stack" ? {} : params) },
    });
    gateway = await startGateway({ stacks: [project.stack(stack)], authorizer, host });
    return gateway.stacks[0]?.url ?? "";
  }

  afterEach(async () => {
    await gateway?.close();
    project?.remove();
  });

  describe("lets in by address", () => {
    test.each([
      ["127.0.0.1", { allowed_ip_addresses: ["127.0.0.0/8"] }, 200],
      ["127.0.0.1", { allowed_ip_addresses: ["::1", "192.0.2.0/24"] }, 403],
      ["127.0.0.1", { allowed_ip_addresses: ["127.0.0.0/8"], denied_ip_addresses: ["127.0.0.1"] }, 403],
      ["::1", { allowed_ip_addresses: ["::1"] }, 200],
      ["::1", { allowed_ip_addresses: ["2001:db8::/32", "127.0.0.1"] }, 403],
    ])("on %s with %j: %i", async (host, params, status) => {
      const url = await serve("no-auth-stack", params, host);
      expect((await post(url)).status).toBe(status);
    });

    test("IPv4 where the server listens on IPv6, too", async () => {
      const url = await serve("no-auth-stack", { allowed_ip_addresses: ["127.0.0.1"] }, "::");
      expect((await post(url.replace("[::1]", "127.0.0.1"))).status).toBe(200);
      expect((await post(url)).status).toBe(403);
    });

    test("and answers as the stack's other errors", async () => {
      const url = await serve("no-auth-stack", { denied_ip_addresses: ["127.0.0.1"] });
      expect((await post(url)).body).toMatchObject({ message: "Access is denied." });
    });
  });

  describe("with an authorizer", () => {
    const headers = { Authorization: "testtoken" };
    const cors = { allow_origins: ["https://shop.example"] };

    test("an address on the list is not enough: the authorizer decides", async () => {
      const url = await serve("auth-stack", { allowed_ip_addresses: ["127.0.0.1"], cors });
      expect((await post(url, { headers })).status).toBe(200);
      expect((await post(url, { headers: { Authorization: "wrong" } })).status).not.toBe(200);
      expect((await post(url)).status).toBe(401);
      expect(
        (await post(url, { method: "OPTIONS", headers: { Origin: "https://shop.example" } })).status,
      ).toBe(204);
    });

    test("an authorizer that allows something else only is not overruled by the list", async () => {
      const folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
      const authorizer = join(folder, "index.js");
      writeFileSync(authorizer, ALLOWS_ANOTHER_METHOD);
      const url = await serve("auth-stack", { allowed_ip_addresses: ["127.0.0.1"] }, undefined, authorizer);
      expect((await post(url, { headers })).status).toBe(403);
      rmSync(folder, { recursive: true });
    });

    test("a token is not enough either, and a preflight from elsewhere is refused", async () => {
      const url = await serve("auth-stack", { denied_ip_addresses: ["127.0.0.1"], cors });
      expect((await post(url, { headers })).status).toBe(403);
      expect((await post(url, { method: "OPTIONS" })).status).toBe(403);
    });
  });

  test("a private API is called as if through its VPC endpoint, and that is told", async () => {
    const url = await serve("no-auth-stack", {
      vpc_endpoint_ids: [ENDPOINT, "vpce-0000000f"],
      allowed_ip_addresses: ["127.0.0.1"],
    });
    expect((await post(url)).status).toBe(200);
    expect(gateway?.warnings).toEqual([
      expect.stringMatching(
        new RegExp(`^aws_api_gateway_rest_api[.].+: is private; .+ through the VPC endpoint ${ENDPOINT}[.]$`),
      ),
    ]);
  });

  describe("a custom domain", () => {
    test("is served below its name, and to whoever names it as Host", async () => {
      const url = new URL(
        await serve("no-auth-stack", { custom_domain: { ...DOMAIN, base_path: "orders" } }),
      );
      const host = { headers: { Host: "API.shop.example:443" } };
      expect((await post(url.href)).status).toBe(200);
      expect((await post(`${url.origin}/api.shop.example/orders/sqs`)).status).toBe(200);
      expect((await post(`${url.origin}/orders/sqs`, host)).status).toBe(200);
      expect(await post(`${url.origin}/others/sqs`, host)).toEqual({
        status: 403,
        body: { message: "Forbidden" },
      });
      expect(await post(`${url.origin}/orders/nothing`, host)).toMatchObject({
        status: 403,
        body: { message: "There is no such method at this path." },
      });
    });

    test("is the only way where the API's own URL is closed, and what does not act here is told", async () => {
      const url = await serve("no-auth-stack", {
        custom_domain: { ...DOMAIN, truststore_uri: "s3://shop/truststore.pem" },
        disable_execute_api_endpoint: true,
        web_acl_arn:
          "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/0a1b2c3d-0000-4000-8000-000000000000",
      });
      const { origin, pathname } = new URL(url);
      expect(pathname).toBe("/api.shop.example/sqs");
      expect((await post(url)).status).toBe(200);
      expect(await post(`${origin}/no-auth-stack/prod/sqs`)).toEqual({
        status: 403,
        body: { message: "Forbidden" },
      });
      expect(gateway?.warnings).toEqual([
        expect.stringMatching(/^aws_wafv2_web_acl_association[.].+: no web ACL acts here/),
        expect.stringMatching(/^aws_api_gateway_domain_name[.].+: nobody has to show a certificate here/),
      ]);
    });
  });
});

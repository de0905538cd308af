import { writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { sampleAuthorizer } from "../../../local/server/sample-authorizer";
import { type GatewayOptions, type RunningGateway, startGateway } from "../../../local/server/start-gateway";
import { FakeSqs } from "../../support/fake-sqs";
import { writeShopStack } from "../../support/shop-stack";

const shop = writeShopStack();
const twin = writeShopStack("twin");
const bare = path.join(shop.folder, "..", "bare.tf.json");
writeFileSync(
  bare,
  JSON.stringify({
    variable: { region: { default: "eu-central-1" }, queue_name: { default: "alone" } },
    provider: { aws: [{ region: "${var.region}" }] },
    resource: { aws_sqs_queue: { alone: { name: "${var.queue_name}" } } },
  }),
);
const broken = path.join(shop.folder, "broken.js");
writeFileSync(broken, 'throw new Error("\\nfirst\\nsecond");');
const RUNNING: RunningGateway[] = [];

async function start(options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  const gateway = await startGateway({ stacks: [shop.folder], authorizer: sampleAuthorizer, ...options });
  RUNNING.push(gateway);
  return gateway;
}

function urlOf(gateway: RunningGateway, suffix: string): string {
  const found = gateway.stacks[0]?.urls.find(({ url }) => url.endsWith(suffix));
  if (found === undefined) throw new Error(`no URL ends with ${suffix}`);
  return found.url;
}

function post(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: "{}",
  });
}

beforeAll(() => {
  process.env.AUTHORIZER_TOKEN = "testtoken";
});

afterEach(async () => {
  await Promise.all(RUNNING.splice(0).map((gateway) => gateway.close()));
});

afterAll(() => {
  shop.remove();
  twin.remove();
});

describe("startGateway", () => {
  it("serves a stack in plain Terraform JSON, with an emulator of its own", async () => {
    const gateway = await start();
    expect(gateway.stacks[0]).toMatchObject({
      stack: "shop",
      queueUrl: `${gateway.sqsEndpoint}/000000000000/orders`,
    });
    const response = await post(urlOf(gateway, "/shop/v1/open"));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('"MD5OfMessageBody":"99914b932bd37a50b983c5e7c90ae93b"');
  });

  it.each([
    ["testtoken", 200],
    ["wrong", 403],
    ["", 401],
  ])("asks the sample authorizer about the token %j", async (token, status) => {
    const gateway = await start();
    expect((await post(urlOf(gateway, "/guarded"), { "X-Shop-Token": token })).status).toBe(status);
  });

  it("never answers 2xx once the queues are gone", async () => {
    const sqs = new FakeSqs();
    const gateway = await start({ sqsEndpoint: await sqs.start() });
    await sqs.close();
    const response = await post(urlOf(gateway, "/open"));
    expect(response.status).toBe(504);
  });

  it("takes only an answer that proves the message for a success", async () => {
    const liar = new FakeSqs();
    liar.answer = { status: 200, body: '{"MessageId":"1","MD5OfMessageBody":"0"}' };
    const gateway = await start({ sqsEndpoint: await liar.start() });
    expect((await post(urlOf(gateway, "/open"))).status).toBe(504);
    await liar.close();
  });

  it("serves a stack of any name, and tells a URL that leads to it", async () => {
    const odd = writeShopStack("$(id) 'é\u001b[2J`");
    const gateway = await start({ stacks: [odd.folder] });
    const [stack] = gateway.stacks;
    expect(stack?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/%24\(id\)%20'%C3%A9%1B%5B2J%60\/v1\/open$/);
    expect((await post(stack?.url ?? "")).status).toBe(200);
    odd.remove();
  });

  it("tells the sample's token only where the sample authorizer runs", async () => {
    for (const sample of [sampleAuthorizer, path.relative("", path.join(sampleAuthorizer, "index.js"))]) {
      expect((await start({ authorizer: sample })).sampleToken).toBe("testtoken");
    }
    const authorizer = path.join(shop.folder, "handler.js");
    writeFileSync(authorizer, "exports.handler = () => ({});");
    expect((await start({ authorizer })).sampleToken).toBeUndefined();
    expect((await start({ lambdaEndpoint: "http://127.0.0.1:9" })).sampleToken).toBeUndefined();
  });

  it("tells each request in one line, with the cause of a 5xx", async () => {
    const lines: string[] = [];
    const sqs = new FakeSqs();
    const gateway = await start({ sqsEndpoint: await sqs.start(), log: (line) => lines.push(line) });
    await sqs.close();
    await post(urlOf(gateway, "/guarded"), { "X-Shop-Token": "wrong" });
    await post(urlOf(gateway, "/open"));
    expect(lines).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d POST \/shop\/v1\/guarded 403 [\d.]+ ms ACCESS_DENIED: /),
      expect.stringMatching(
        /^\d\d:\d\d:\d\d POST \/shop\/v1\/open 504 [\d.]+ ms INTEGRATION_FAILURE: .*\(No answer from SQS: .*ECONNREFUSED.*\)$/,
      ),
    ]);
  });

  it.each<[string, string, RegExp]>([
    [
      "is no address of this machine",
      "192.0.2.1",
      /^host: is no address of this machine, got 192\.0\.2\.1; /,
    ],
    [
      "leads nowhere",
      "no-such-host.invalid",
      /^host: is a name that leads to no address, got no-such-host\.invalid; /,
    ],
  ])("refuses a host that %s", async (_, host, message) => {
    await expect(start({ host })).rejects.toThrow(message);
  });

  it("reports every request to onTrace", async () => {
    const traces: unknown[] = [];
    const gateway = await start({ onTrace: (trace) => traces.push(trace) });
    await post(urlOf(gateway, "/open"));
    expect(traces).toMatchObject([
      { route: { resource: "/open" }, backend: { sent: { action: "SendMessage" } } },
    ]);
  });

  it.each<[string, Partial<GatewayOptions>, RegExp]>([
    ["no such stack", { stacks: ["nowhere"] }, /^nowhere: there is no such file or folder/],
    [
      "a path that is no list",
      { stacks: shop.folder as unknown as string[] },
      /^stacks: is no list of paths, got ".+"; a list is allowed, .+\. Write stacks: \["cdktf\.out"\]\.$/,
    ],
    ["no path at all", { stacks: undefined }, /^stacks: is no list of paths, got nothing; /],
    [
      "the same stack twice",
      { stacks: [shop.folder, shop.folder] },
      /^stacks: have the same name, got shop; /,
    ],
    [
      "two stacks that own one queue",
      { stacks: [shop.folder, twin.folder] },
      /^stacks: aws_sqs_queue\.failed of shop and aws_sqs_queue\.failed of twin are one queue, got arn:aws:sqs:.*:orders-failed; /,
    ],
    [
      "a stack without a REST API, by its file",
      { stacks: [bare] },
      /^stacks: hold no REST API, got \S+bare\.tf\.json; /,
    ],
    [
      "a variable that no stack declares",
      { stacks: [bare], variables: { region: "x", queue_nam: "y" } },
      /^variables: no stack declares this variable, got "queue_nam"; region, queue_name are allowed\. Write queue_name, /,
    ],
    [
      "a variable where no stack declares any",
      { variables: { queue: "x" } },
      /^variables: no stack declares this variable, got "queue"; the stacks declare none\. Leave it out\.$/,
    ],
    [
      "no such handler",
      { authorizer: "nowhere" },
      /^authorizer: can't run the stacks' authorizers, got .*nowhere.*; /,
    ],
    [
      "no handler at all",
      { authorizer: undefined },
      /got no module for arn:aws:lambda:eu-central-1:000000000000:function:auth; /,
    ],
    [
      "a module that can't be loaded, by the first line of the error",
      { authorizer: broken },
      /^authorizer: can't run the stacks' authorizers, got Handler module \S+ cannot be loaded: first; a JavaScript module, .+; TypeScript where this process compiles it, /,
    ],
    [
      "a module without a handler",
      { authorizer: path.join(__dirname, "..", "..", "support", "sample-stack.ts") },
      /exports no function named handler/,
    ],
    [
      "an endpoint that is no URL",
      { sqsEndpoint: "localhost" },
      /^sqsEndpoint: is not a URL, got "localhost"; /,
    ],
  ])("refuses %s in one line", async (_, options, message) => {
    const failure = await start(options).then(
      () => "nothing",
      (error: unknown) => (error as Error).message,
    );
    expect(failure).toMatch(message);
    expect(failure).not.toContain("\n");
  });

  it("runs the functions elsewhere when told so", async () => {
    const called: string[] = [];
    const lambda = http.createServer((request, response) => {
      called.push(request.url ?? "");
      response.end(
        JSON.stringify({
          principalId: "x",
          policyDocument: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
          },
        }),
      );
    });
    await new Promise<void>((resolve) => lambda.listen(0, "127.0.0.1", resolve));
    const { port } = lambda.address() as AddressInfo;
    const gateway = await start({ authorizer: undefined, lambdaEndpoint: `http://127.0.0.1:${port}` });
    expect((await post(urlOf(gateway, "/guarded"), { "X-Shop-Token": "any" })).status).toBe(200);
    expect(called).toEqual(["/2015-03-31/functions/auth/invocations"]);
    lambda.close();
    lambda.closeAllConnections();
  });
});

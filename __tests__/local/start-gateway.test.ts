import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import {
  type GatewayOptions,
  type RunningGateway,
  sampleAuthorizer,
  startGateway,
} from "../../local/start-gateway";
import { writeShopStack } from "./page/shop-stack";

const shop = writeShopStack();
const running: RunningGateway[] = [];

async function start(options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  const gateway = await startGateway({ stacks: [shop.folder], authorizer: sampleAuthorizer, ...options });
  running.push(gateway);
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
  await Promise.all(running.splice(0).map((gateway) => gateway.close()));
});

afterAll(() => {
  shop.remove();
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
    const gateway = await start({ sqsEndpoint: await closedEndpoint() });
    const response = await post(urlOf(gateway, "/open"));
    expect(response.status).toBe(504);
  });

  it("takes only an answer that proves the message for a success", async () => {
    const liar = http.createServer((_, response) => response.end('{"MessageId":"1","MD5OfMessageBody":"0"}'));
    await new Promise<void>((resolve) => liar.listen(0, "127.0.0.1", resolve));
    const { port } = liar.address() as AddressInfo;
    const gateway = await start({ sqsEndpoint: `http://127.0.0.1:${port}` });
    expect((await post(urlOf(gateway, "/open"))).status).toBe(504);
    liar.close();
    liar.closeAllConnections();
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
      "the same stack twice",
      { stacks: [shop.folder, shop.folder] },
      /^stacks: have the same name, got shop; /,
    ],
    [
      "no such handler",
      { authorizer: "nowhere" },
      /^--authorizer: can't run the stacks' authorizers, got .*nowhere.*; /,
    ],
    [
      "no handler at all",
      { authorizer: undefined },
      /got no module for arn:aws:lambda:eu-central-1:000000000000:function:auth; /,
    ],
    [
      "a module without a handler",
      { authorizer: path.join(__dirname, "sample-stack.ts") },
      /exports no function named handler/,
    ],
    [
      "an endpoint that is no URL",
      { sqsEndpoint: "localhost" },
      /^--sqs-endpoint: is not a URL, got "localhost"; /,
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
          policyDocument: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
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

/** An endpoint where nothing listens any more. */
async function closedEndpoint(): Promise<string> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

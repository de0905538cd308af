import { UserError } from "../../../../local/server/user-error";
import { sampleAuthorizer } from "../../../../local/server/sample-authorizer";
import { startGateway } from "../../../../local/server/start-gateway";
import { Shop, TOKEN } from "../../../support/shop";
import { writeShopStack } from "../../../support/shop-stack";
import { openEvents } from "../../../support/page-events";
import { SynthesizedProject } from "../../../support/synthesized-project";

jest.setTimeout(20_000);

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.start();
});

beforeEach(async () => {
  for (const queue of ["orders", "orders-failed"]) await shop.sqs("PurgeQueue", queue);
});

afterAll(() => shop.close());

interface Messages {
  messages: {
    state: string;
    body: string;
    bodyLength: number;
    attributes: Record<string, unknown>;
    systemAttributes: Record<string, string>;
  }[];
}

async function messagesOf(queue: string): Promise<Messages["messages"]> {
  const { status, body } = await shop.ask("GET", `/_page/queues/${queue}/messages`);
  expect(status).toBe(200);
  return (JSON.parse(body) as Messages).messages;
}

/** Sends one message and lets it fail as often as the redrive policy takes. */
async function failOne(body: string): Promise<void> {
  await shop.post("open", body);
  await shop.sqs("ReceiveMessage", "orders", { VisibilityTimeout: 0 });
  await shop.sqs("ReceiveMessage", "orders", { VisibilityTimeout: 0 });
}

describe("the page's files", () => {
  test("/ is HTML that loads nothing from elsewhere", async () => {
    const { status, headers, body } = await shop.ask("GET", "/");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test.each([
    "/_page/index.html",
    "/_page/../page.ts",
    "/_page/%2e%2e/page.ts",
    "/_page/",
    "/_page",
    "/_page/queues/nope/messages",
  ])("%s is not found", async (path) => {
    expect((await shop.ask("GET", path)).status).toBe(404);
  });

  test("every file that the page or its modules name is there", async () => {
    const seen = new Set<string>();
    const read = async (path: string): Promise<void> => {
      if (seen.has(path)) return;
      seen.add(path);
      const { status, body } = await shop.ask("GET", path);
      expect([path, status]).toEqual([path, 200]);
      for (const [, name] of body.matchAll(/(?:from "\.\/|(?:src|href)="\/_page\/)([\w.-]+)"/g)) {
        await read(`/_page/${name ?? ""}`);
      }
    };
    await read("/");
    expect(seen.size).toBeGreaterThan(10);
  });
});

describe("live events", () => {
  test("a page that opens gets what is served, the requests from before, and the depths", async () => {
    await shop.post("open", '{"before": "opening"}');
    const events = await openEvents(shop.origin);
    const state = await events.next("state");
    expect(state).toMatchObject({
      canPeek: true,
      sqsEndpoint: shop.gateway.sqsEndpoint,
      stacks: [
        {
          stack: "shop",
          endpoints: expect.arrayContaining([
            expect.objectContaining({
              method: "POST",
              path: "/shop/v1/guarded",
              queueName: "orders",
              tokenHeader: "X-Shop-Token",
            }),
          ]) as unknown,
        },
      ],
      queues: expect.arrayContaining([
        expect.objectContaining({ name: "orders", deadLetterQueue: "orders-failed" }),
        expect.objectContaining({ name: "orders-failed", sources: ["orders"] }),
      ]) as unknown,
    });
    expect(JSON.stringify(await events.next("requests"))).toContain('{\\"before\\": \\"opening\\"}');
    const depths = await events.next("depths");
    expect(depths).toMatchObject({
      depths: expect.arrayContaining([{ name: "orders", visible: 1, inFlight: 0, delayed: 0 }]) as unknown,
    });
    events.close();
  });

  test("a request comes with its steps", async () => {
    const events = await openEvents(shop.origin);
    await events.next("requests");
    await shop.post("open", '{"live": true}');
    expect(await events.next("request")).toMatchObject({
      request: {
        stack: "shop",
        trace: {
          route: { method: "POST", resource: "/open", stage: "v1" },
          integrationRequest: {
            body: expect.stringContaining("MessageBody=%7B%22live%22%3A+true%7D") as unknown,
          },
          backend: { status: 200, sent: { action: "SendMessage", input: { MessageBody: '{"live": true}' } } },
          response: { status: 200 },
        },
      },
    });
    events.close();
  });

  test.each([
    ["the token", TOKEN, 200],
    ["a refused one", "another-t0ken", 403],
  ])("%s is nowhere in what is sent", async (_what, value, status) => {
    const events = await openEvents(shop.origin);
    await events.next("requests");
    const response = await shop.post("guarded", `{"copy": "${value}"}`, { "X-Shop-Token": value });
    expect(response.status).toBe(status);
    const text = JSON.stringify(await events.next("request"));
    expect(text).toContain("X-Shop-Token");
    expect(text).not.toContain(value);
    events.close();
  });

  test("the gateway closes at once although a page is open", async () => {
    const other = await Shop.start();
    const events = await openEvents(other.origin);
    await events.next("requests");
    const started = performance.now();
    await other.close();
    expect(performance.now() - started).toBeLessThan(400);
  });
});

describe("messages", () => {
  test("are shown with attributes and are not received by that", async () => {
    await shop.post("open", '{"peek": "<b>"}');
    await messagesOf("orders");
    const [message, ...others] = await messagesOf("orders");
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      state: "visible",
      body: '{"peek": "<b>"}',
      attributes: { source: { DataType: "String", StringValue: "shop" } },
      systemAttributes: { ApproximateReceiveCount: "0" },
    });
    const received = await shop.sqs("ReceiveMessage", "orders", { AttributeNames: ["All"] });
    expect(received.Messages).toMatchObject([{ Attributes: { ApproximateReceiveCount: "1" } }]);
    expect(await messagesOf("orders")).toMatchObject([{ state: "in flight" }]);
  });

  test("are shown from the newest on, as many as asked for", async () => {
    for (const body of ["1", "2", "3"]) await shop.post("open", body);
    const { body } = await shop.ask("GET", "/_page/queues/orders/messages?limit=2");
    expect((JSON.parse(body) as Messages).messages.map((message) => message.body)).toEqual(["3", "2"]);
  });

  test("that are delayed are shown as such", async () => {
    await shop.sqs("SendMessage", "orders", { MessageBody: "later", DelaySeconds: 60 });
    expect(await messagesOf("orders")).toMatchObject([{ state: "delayed", body: "later" }]);
  });

  test("are cut where they are long", async () => {
    await shop.post("open", "x".repeat(100_000));
    const [message] = await messagesOf("orders");
    expect(message?.bodyLength).toBe(100_000);
    expect(message?.body.length).toBeLessThan(20_000);
  });

  test("are gone after a purge", async () => {
    await shop.post("open", "{}");
    expect((await shop.change("/_page/queues/orders/purge")).status).toBe(200);
    expect(await messagesOf("orders")).toEqual([]);
  });
});

describe("redrive", () => {
  test("moves what failed to its source with attributes, and counts receives anew", async () => {
    await failOne('{"n": 1}');
    await failOne('{"n": 2}');
    expect(await messagesOf("orders-failed")).toHaveLength(2);
    const { body } = await shop.change("/_page/queues/orders-failed/redrive", "orders");
    expect(JSON.parse(body)).toEqual({ moved: 2, left: 0 });
    expect(await messagesOf("orders-failed")).toEqual([]);
    const moved = await messagesOf("orders");
    expect(moved.map((message) => message.body).sort()).toEqual(['{"n": 1}', '{"n": 2}']);
    expect(moved[0]).toMatchObject({
      attributes: { source: { DataType: "String", StringValue: "shop" } },
      systemAttributes: { ApproximateReceiveCount: "0" },
    });
  });

  test("to a queue that is not its source is refused", async () => {
    await failOne("{}");
    expect((await shop.change("/_page/queues/orders-failed/redrive", "orders.fifo")).status).toBe(400);
    expect(await messagesOf("orders-failed")).toHaveLength(1);
  });
});

describe("who may ask", () => {
  const own = () => ({ "X-Queue-Leveling-Page": "1", Origin: shop.origin });

  test.each([
    ["without the page's header", () => ({ Origin: shop.origin })],
    ["from another site", () => ({ ...own(), Origin: "http://evil.example" })],
    ["from another port", () => ({ ...own(), Origin: "http://127.0.0.1:1" })],
    ["from a sandboxed frame", () => ({ ...own(), Origin: "null" })],
    [
      "by a name made to point here",
      () => ({ ...own(), Host: "evil.example", Origin: "http://evil.example" }),
    ],
    ["that a browser calls cross-site", () => ({ ...own(), "Sec-Fetch-Site": "cross-site" })],
  ])("a purge %s is refused and deletes nothing", async (_what, headers) => {
    await shop.post("open", "{}");
    const { status } = await shop.ask("POST", "/_page/queues/orders/purge", headers());
    expect(status).toBe(403);
    expect(await messagesOf("orders")).toHaveLength(1);
  });

  test.each(["/", "/_page/events", "/_page/queues/orders/messages", "/_page/page.js"])(
    "%s is not readable by a name made to point here",
    async (path) => {
      expect((await shop.ask("GET", path, { Host: "evil.example:80" })).status).toBe(403);
    },
  );

  test("a preflight is not answered, so no other site can send the page's header", async () => {
    const { status, headers } = await shop.ask("OPTIONS", "/_page/queues/orders/purge", {
      Origin: "http://evil.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "x-queue-leveling-page",
    });
    expect(status).toBe(403);
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("a purge by GET does nothing", async () => {
    await shop.post("open", "{}");
    expect((await shop.ask("GET", "/_page/queues/orders/purge", own())).status).toBe(404);
    expect(await messagesOf("orders")).toHaveLength(1);
  });
});

test.each([
  ["127.0.0.1", /^\{"name":"partner","value":"[a-z0-9]{40}"\}$/],
  ["0.0.0.0", /^\{\}$/],
])("an API key is filled in where only this machine can open the page: on %s", async (host, shown) => {
  const project = new SynthesizedProject({
    params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "a", api_keys: ["partner"] },
    "no-auth-stack": { storage_sqs_queue_name: "b" },
  });
  const gateway = await startGateway({ stacks: [project.stack("no-auth-stack")], page: true, host });
  const events = await openEvents(new URL(gateway.stacks[0]?.url ?? "").origin);
  const { stacks } = (await events.next("state")) as { stacks: { endpoints: { apiKey?: object }[] }[] };
  expect(JSON.stringify(stacks[0]?.endpoints[0]?.apiKey)).toMatch(shown);
  events.close();
  await gateway.close();
  project.remove();
});

test.each([
  ["127.0.0.1", TOKEN],
  ["0.0.0.0", undefined],
])(
  "the sample's token is filled in where only this machine can open the page: on %s",
  async (host, expected) => {
    const other = await Shop.start({ host });
    const events = await openEvents(other.origin);
    expect(((await events.next("state")) as { sampleToken?: string }).sampleToken).toBe(expected);
    events.close();
    await other.close();
  },
);

describe("without the page", () => {
  test("/ is no API", async () => {
    const bare = await Shop.start({ page: false });
    expect((await bare.ask("GET", "/")).status).toBe(404);
    expect((await bare.ask("GET", "/_page/events")).status).toBe(404);
    expect(bare.gateway.pageUrl).toBeUndefined();
    await bare.close();
  });

  test("a stack may be called _page; with it, it may not", async () => {
    const { folder, remove } = writeShopStack("_page");
    const gateway = await startGateway({ stacks: [folder], authorizer: sampleAuthorizer });
    expect(gateway.stacks[0]?.stack).toBe("_page");
    await gateway.close();
    const refused = startGateway({ stacks: [folder], authorizer: sampleAuthorizer, page: true });
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow("_page");
    remove();
  });
});

test("before another SQS, messages are received only when asked to", async () => {
  const other = await Shop.start({ sqsEndpoint: shop.gateway.sqsEndpoint });
  await shop.post("open", '{"elsewhere": 1}');
  const events = await openEvents(other.origin);
  expect(await events.next("state")).toMatchObject({ canPeek: false });
  expect((await other.ask("GET", "/_page/queues/orders/messages")).status).toBe(404);
  expect(await messagesOf("orders")).toMatchObject([{ systemAttributes: { ApproximateReceiveCount: "0" } }]);
  const { body } = await other.change("/_page/queues/orders/receive");
  expect(JSON.parse(body)).toMatchObject({ messages: [{ body: '{"elsewhere": 1}', state: "visible" }] });
  events.close();
  await other.close();
});

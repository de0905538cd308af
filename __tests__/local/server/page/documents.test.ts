import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startGateway } from "../../../../local/server/start-gateway";
import { Shop } from "../../../support/shop";
import { synthesizedNoAuthStack } from "../../../support/synthesized";

interface OpenApi {
  tags: { name: string }[];
  servers: { url: string }[];
  paths: Record<string, Record<string, { tags: string[] }>>;
}

describe("one stack", () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.start();
  }, 20_000);

  afterAll(() => shop.close());

  test.each([
    ["/openapi.json", "openapi", "3.1.0"],
    ["/asyncapi.json", "asyncapi", "3.0.0"],
  ])("%s answers the document of what is served", async (where, key, version) => {
    const { status, headers, body } = await shop.ask("GET", where);
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^application\/json/);
    expect(JSON.parse(body)).toHaveProperty(key, version);
  });

  test("the queues' server is the SQS that runs", async () => {
    const { body } = await shop.ask("GET", "/asyncapi.json");
    const { host } = new URL(shop.gateway.sqsEndpoint);
    expect(JSON.parse(body)).toHaveProperty("servers", { "eu-central-1": { host, protocol: "sqs" } });
  });

  test("is not told to another site's page", async () => {
    const { status } = await shop.ask("GET", "/openapi.json", { Host: "evil.example" });
    expect(status).toBe(403);
  });

  test("the page links to both", async () => {
    const { body } = await shop.ask("GET", "/");
    expect(body).toContain('href="/openapi.json"');
    expect(body).toContain('href="/asyncapi.json"');
  });
});

/** Serves a stack of each name; the page is told where, and ends with what it does there. */
async function serving(names: readonly string[], page: boolean, visit: (origin: string) => Promise<void>) {
  const folder = mkdtempSync(path.join(tmpdir(), "documents-"));
  const stacks = names.map((name, index) => {
    const { json } = synthesizedNoAuthStack({ storageSqsQueueName: `queue-${index}` });
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, "cdk.tf.json"), JSON.stringify(json));
    return path.join(folder, name);
  });
  const gateway = await startGateway({ stacks, page });
  try {
    await visit(new URL(gateway.stacks[0]?.url ?? "").origin);
  } finally {
    await gateway.close();
    rmSync(folder, { recursive: true });
  }
}

test("two stacks are one document: a tag and a prefix for each", () =>
  serving(["orders", "returns"], true, async (origin) => {
    const { tags, servers, paths } = (await (await fetch(`${origin}/openapi.json`)).json()) as OpenApi;
    expect(tags.map(({ name }) => name)).toEqual(["orders", "returns"]);
    expect(servers).toEqual([{ url: origin, description: "The local gateway." }]);
    expect(Object.entries(paths).map(([at, { post }]) => [at, post?.tags])).toEqual([
      ["/orders/prod/sqs", ["orders"]],
      ["/returns/prod/sqs", ["returns"]],
    ]);
  }));

test("stacks whose names are the documents' come first, with all their paths", () =>
  serving(["openapi.json", "asyncapi.json"], true, async (origin) => {
    for (const name of ["openapi.json", "asyncapi.json"]) {
      expect((await fetch(`${origin}/${name}`)).status).toBe(403);
      const headers = { "Content-Type": "application/json" };
      const sent = await fetch(`${origin}/${name}/prod/sqs`, { method: "POST", headers, body: "{}" });
      expect(sent.status).toBe(200);
    }
  }));

test("without the page there are none", () =>
  serving(["orders"], false, async (origin) => {
    expect((await fetch(`${origin}/openapi.json`)).status).toBe(404);
  }));

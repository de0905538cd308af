import { Shop } from "../../../support/shop";

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.start();
}, 20_000);

afterAll(() => shop.close());

test.each([
  ["/openapi.json", "openapi", "3.1.0"],
  ["/asyncapi.json", "asyncapi", "3.0.0"],
])("%s answers the document of what is served", async (path, key, version) => {
  const { status, headers, body } = await shop.ask("GET", path);
  expect(status).toBe(200);
  expect(headers["content-type"]).toMatch(/^application\/json/);
  expect(JSON.parse(body)).toHaveProperty(key, version);
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

import { jsonLine, overview } from "../../../local/server/overview";
import type { ServedStack } from "../../../local/server/served-stacks";
import type { RunningGateway } from "../../../local/server/start-gateway";

function gateway(...stacks: Partial<ServedStack>[]): RunningGateway {
  const served = stacks.map((stack) => ({
    stack: "shop",
    url: "http://127.0.0.1:3000/shop/v1/sqs",
    queueUrl: "http://127.0.0.1:3001/000000000000/orders",
    urls: [],
    ...stack,
  }));
  const sqsEndpoint = "http://127.0.0.1:3001";
  return { stacks: served, consumers: [], buckets: [], sqsEndpoint } as unknown as RunningGateway;
}

const KEY = "k".repeat(40);

test("without API keys nothing is said of them", () => {
  expect(overview(gateway({}))).not.toContain("key");
  expect(JSON.parse(jsonLine(gateway({})))).toMatchObject({ stacks: [{ stack: "shop" }] });
  expect(jsonLine(gateway({}))).not.toContain("apiKey");
});

test("the key to use stands in the table, in the curl line and in the line for scripts", () => {
  const running = gateway({}, { stack: "keyed", apiKey: { name: "partner", value: KEY } });
  const text = overview(running);
  expect(text).toMatch(new RegExp(`keyed .*│ ${KEY} │`));
  expect(text).toMatch(/shop .*│ none needed +│\n/);
  expect(text).toContain(` -H "x-api-key: ${KEY}" -H "Content-Type`);
  expect(JSON.parse(jsonLine(running))).toMatchObject({
    stacks: [{ stack: "shop" }, { stack: "keyed", apiKey: { name: "partner", value: KEY } }],
  });
});

test.each([
  [{ name: "partner" }, "yours: partner", "your key"],
  [{}, "none in the stage's usage plans", "your key"],
])("%j is told as %j", (apiKey, cell, sent) => {
  const text = overview(gateway({ apiKey }));
  expect(text).toContain(`│ ${cell} │`);
  expect(text).toContain(` -H "x-api-key: ${sent}" `);
});

test("what a REQUEST authorizer wants of a request stands in the curl line", () => {
  const url = "http://127.0.0.1:3000/shop/v1/sqs";
  const identitySources = [
    "method.request.header.X-Client",
    "method.request.querystring.sign",
    "context.path",
  ];
  const text = overview(gateway({ url, urls: [{ method: "POST", url, identitySources }] }));
  expect(text).toContain("│ your authorizer's │");
  expect(text).toContain(`curl -X POST '${url}?sign=yours' -H "X-Client: yours" -H "Content-Type`);
});

test("what a method declares of a request stands in the curl line once", () => {
  const url = "http://127.0.0.1:3000/shop/v1/sqs";
  const requestParameters = [
    "method.request.header.X-Hook",
    "method.request.header.authorization",
    "method.request.header.Content-Type",
    "method.request.querystring.tenant",
  ];
  const endpoint = { method: "POST", url, tokenHeader: "Authorization", requestParameters };
  expect(overview(gateway({ url, urls: [endpoint] }))).toContain(
    `curl -X POST '${url}?tenant=yours' -H "Authorization: your token" -H "X-Hook: yours" -H "Content-Type: application/json" --data`,
  );
});

test("the methods of a stack that has several stand in a table, and in the line for scripts", () => {
  const base = "http://127.0.0.1:3000/shop/v1";
  const urls = [
    {
      method: "GET",
      url: `${base}/orders`,
      queueName: "orders",
      reaches: [{ does: "receives from", names: ["orders"] }],
    },
    {
      method: "POST",
      url: `${base}/first`,
      queueName: "low",
      reaches: [{ does: "sends to", names: ["low", "high"] }],
    },
    { method: "ANY", url: `${base}/other` },
  ];
  const running = gateway({ url: `${base}/orders`, urls }, { stack: "plain" });
  expect(overview(running)).toMatch(
    /│ Stack +│ Method +│ URL +│ What it does +│\n.*\n│ shop +│ GET +│ http:[^ ]*\/orders +│ receives from orders +│\n│ +│ POST +│ http:[^ ]*\/first +│ sends to low or high +│\n│ +│ ANY +│ http:[^ ]*\/other +│ +│\n/,
  );
  expect(overview(running)).toContain(`curl -X GET ${base}/orders\n`);
  expect(JSON.parse(jsonLine(running))).toMatchObject({ stacks: [{ methods: urls }, { stack: "plain" }] });
  expect(
    overview(gateway({ urls: [{ method: "POST", url: "http://127.0.0.1:3000/shop/v1/sqs" }] })),
  ).not.toContain("Method");
});

test("each sender's URL stands in a table, and in the line for scripts", () => {
  const url = "http://127.0.0.1:3000/shop/v1/github";
  const running = gateway({ urls: [{ method: "POST", url, webhook: GITHUB }] }, { stack: "plain" });
  expect(overview(running)).toMatch(
    /│ Stack +│ Sender +│ URL +│\n.*\n│ shop +│ GitHub +│ http:[^ ]*\/github +│\n/,
  );
  expect(JSON.parse(jsonLine(running))).toMatchObject({
    stacks: [{ stack: "shop", webhooks: [{ sender: "github", url }] }, { stack: "plain" }],
  });
});

test("without senders nothing is said of them", () => {
  expect(overview(gateway({}))).not.toContain("Sender");
  expect(jsonLine(gateway({}))).not.toContain("webhooks");
});

test("the curl line of a sender's method sends what the sender sends", () => {
  const url = "http://127.0.0.1:3000/shop/v1/sqs";
  const delivery = { contentType: "application/x-www-form-urlencoded", body: "text=it's" };
  const urls = [{ method: "POST", url, webhook: { ...GITHUB, delivery } }];
  expect(overview(gateway({ url, urls }))).toContain(
    `curl -X POST ${url} -H "Content-Type: application/x-www-form-urlencoded" --data 'text=it'\\''s'\n`,
  );
});

const GITHUB = {
  sender: "github",
  title: "GitHub",
  requestUrl: "https://a.example/v1/github",
  delivery: { contentType: "application/json", body: "{}" },
};

const { join } = require("node:path");
const { startGateway } = require("queue-leveling/start-gateway");
const { toHaveNothingQueued, toHaveQueued } = require("queue-leveling/queue-matchers");

expect.extend({ toHaveNothingQueued, toHaveQueued });

let gateway;

beforeAll(async () => {
  gateway = await startGateway({ stacks: [join(__dirname, "../app/cdktf.out")] });
});

afterAll(() => gateway.close());

test("an order is queued as it was sent, with its tenant", async () => {
  await expect(gateway).toHaveNothingQueued();
  const headers = { "Content-Type": "application/json", "X-Tenant": "acme" };
  await fetch(gateway.stacks[0].url, { method: "POST", headers, body: '{"order":  1}' });
  await expect(gateway).toHaveQueued('{"order":  1}', {
    queue: "orders",
    attributes: { "X-Tenant": "acme" },
  });
  await expect(gateway).not.toHaveQueued('{"order": 1}');
});

import { join } from "node:path";
import { type RunningGateway, startGateway } from "queue-leveling/start-gateway";
import { type QueueMatchers, toHaveQueued } from "queue-leveling/queue-matchers";

declare global {
  namespace jest {
    interface Matchers<R> extends QueueMatchers<Promise<R>> {}
  }
}

expect.extend({ toHaveQueued });

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway({ stacks: [join(__dirname, "../app/cdktf.out")] });
});

afterAll(() => gateway.close());

test("an order is queued as it was sent, with its tenant", async () => {
  const headers = { "Content-Type": "application/json", "X-Tenant": "acme" };
  await fetch(gateway.stacks[0].url, { method: "POST", headers, body: '{"order":  1}' });
  await expect(gateway).toHaveQueued('{"order":  1}', {
    queue: "orders",
    attributes: { "X-Tenant": "acme" },
  });
});

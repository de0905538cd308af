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

test("an order is queued as it was sent", async () => {
  const headers = { "Content-Type": "application/json" };
  await fetch(gateway.stacks[0].url, { method: "POST", headers, body: "[1]" });
  await expect(gateway).toHaveQueued("[1]");
});

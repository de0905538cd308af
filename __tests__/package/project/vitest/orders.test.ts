import { fileURLToPath } from "node:url";
import { type QueueMatchers, toHaveQueued } from "queue-leveling/queue-matchers";
import { type RunningGateway, startGateway } from "queue-leveling/start-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";

declare module "vitest" {
  interface Matchers<T> extends QueueMatchers<Promise<T>> {}
}

expect.extend({ toHaveQueued });

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway({ stacks: [fileURLToPath(new URL("../app/cdktf.out", import.meta.url))] });
});

afterAll(() => gateway.close());

test("an order is queued as it was sent", async () => {
  const headers = { "Content-Type": "application/json" };
  await fetch(gateway.stacks[0]!.url, { method: "POST", headers, body: "[1]" });
  await expect(gateway).toHaveQueued("[1]");
});

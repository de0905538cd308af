import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { toHaveNothingQueued, toHaveQueued } from "../../local/server/queue-matchers.ts";
import { startGateway } from "../../local/server/start-gateway.ts";

expect.extend({ toHaveNothingQueued, toHaveQueued });

const folder = fileURLToPath(new URL(".", import.meta.url));
let gateway;

beforeAll(() => {
  // The stacks as this folder's cdktf.json wants them: what is tested here is what deploys.
  execFileSync("node", ["../../bin/synth.js"], { cwd: folder });
}, 30_000);

beforeEach(async () => {
  gateway = await startGateway({ stacks: [`${folder}cdktf.out/stacks/no-auth-stack`] });
});

afterEach(() => gateway.close());

test("an order reaches the queue as it was sent", async () => {
  const response = await post('{"order":  1, "note": "tea & cake"}', "application/json");
  expect(response.status).toBe(200);
  await expect(gateway).toHaveQueued('{"order":  1, "note": "tea & cake"}');
});

test("what is no JSON is refused and leaves nothing in the queue", async () => {
  const response = await post("order 1", "text/plain");
  expect(response.status).toBe(415);
  await expect(gateway).toHaveNothingQueued();
});

function post(body, type) {
  return fetch(gateway.stacks[0].url, { method: "POST", headers: { "Content-Type": type }, body });
}

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { toHaveNothingQueued, toHaveQueued } from "../../local/server/queue-matchers";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";

expect.extend({ toHaveNothingQueued, toHaveQueued });

let gateway: RunningGateway;

beforeAll(() => {
  // The stacks as this folder's cdktf.json wants them: what is tested here is what deploys.
  execFileSync("node", ["../../bin/synth.js"], { cwd: __dirname });
}, 30_000);

beforeEach(async () => {
  gateway = await startGateway({ stacks: [join(__dirname, "cdktf.out/stacks/no-auth-stack")] });
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

function post(body: string, type: string): Promise<Response> {
  const url = gateway.stacks[0]?.url ?? "";
  return fetch(url, { method: "POST", headers: { "Content-Type": type }, body });
}

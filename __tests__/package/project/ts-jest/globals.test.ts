import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { type QueueMatchers, toHaveNothingQueued } from "queue-leveling/queue-matchers";
import { startGateway } from "queue-leveling/start-gateway";

declare module "expect" {
  interface Matchers<R> extends QueueMatchers<Promise<R>> {}
}

expect.extend({ toHaveNothingQueued });

test("nothing is queued at first", async () => {
  const gateway = await startGateway({ stacks: [join(__dirname, "../app/cdktf.out")] });
  await expect(gateway).toHaveNothingQueued();
  await gateway.close();
});

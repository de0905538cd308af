import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type RunningCommand, startCommand } from "../support/deploy/run-command";
import { EmulatedQueues } from "../support/emulated-queues";

const ROOT = resolve(__dirname, "..", "..");
const MESSAGES = 10_000;
const KILLS = 10;
const GROUPS = 5;

let queues: EmulatedQueues;

afterEach(() => queues.stop());

function startRedrive(script: string, ...args: string[]): RunningCommand {
  const command = ["-r", join(ROOT, "bin", "register.js"), join(ROOT, script), ...args];
  const { PATH, HOME } = process.env;
  return startCommand(process.execPath, command, { cwd: ROOT, env: { PATH, HOME } });
}

/** Runs it until it ends by itself, killing it ten times in the middle; tells how often it really was in the middle. */
async function killTenTimes(start: () => RunningCommand): Promise<number> {
  let middle = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const { child, result } = start();
    const before = await queues.visible(queues.deadLettersUrl);
    const goal = before - MESSAGES / (KILLS + 2) + Math.random() * 50;
    while (child.exitCode === null && (await queues.visible(queues.deadLettersUrl)) > goal) {
      await setTimeout(50);
    }
    child.kill("SIGKILL");
    if ((await result).exitCode === null) middle += 1;
  }
  const { exitCode, output } = await start().result;
  expect([exitCode, output]).toEqual([0, expect.anything()]);
  return middle;
}

function repeated(bodies: readonly string[]): number {
  return bodies.length - new Set(bodies).size;
}

test("a redrive of 10,000 messages that is killed ten times loses none", async () => {
  queues = await EmulatedQueues.start();
  const sent = Array.from({ length: MESSAGES }, (_, index) => `message ${index}`);
  await queues.send(
    queues.deadLettersUrl,
    sent.map((MessageBody) => ({ MessageBody })),
  );
  const start = Date.now();
  const middle = await killTenTimes(() => startRedrive("queue/cli.ts", "redrive", "--queue-url", queues.url));
  const arrived = await queues.bodies(queues.name);
  expect(middle).toBe(KILLS);
  expect(new Set(arrived)).toEqual(new Set(sent));
  expect(await queues.bodies(queues.deadLetters)).toEqual([]);
  // A kill repeats what was sent and not yet deleted: ten messages at most.
  expect(repeated(arrived)).toBeLessThanOrEqual(KILLS * 10);
  console.info(`standard: ${(Date.now() - start) / 1000} s, 0 lost, ${repeated(arrived)} duplicates`);
}, 900_000);

test("on a FIFO queue each group keeps its order, and nothing is there twice", async () => {
  queues = await EmulatedQueues.start("fifo");
  const sent = Array.from({ length: MESSAGES }, (_, index) => ({
    MessageBody: `message ${index}`,
    MessageGroupId: `group ${index % GROUPS}`,
    MessageDeduplicationId: `first ${index}`,
  }));
  await queues.send(queues.deadLettersUrl, sent);
  const start = Date.now();
  const middle = await killTenTimes(() =>
    startRedrive("__tests__/support/redrive-process.ts", queues.url, "3"),
  );
  const arrived = await queues.messages(queues.name);
  expect(middle).toBe(KILLS);
  for (let group = 0; group < GROUPS; group += 1) {
    const ofGroup = (message: { readonly MessageGroupId?: unknown }) =>
      message.MessageGroupId === `group ${group}`;
    expect(
      arrived.filter(({ systemAttributes }) => ofGroup(systemAttributes)).map(({ body }) => body),
    ).toEqual(sent.filter(ofGroup).map(({ MessageBody }) => MessageBody));
  }
  expect(await queues.bodies(queues.deadLetters)).toEqual([]);
  console.info(`FIFO: ${(Date.now() - start) / 1000} s, 0 lost, order kept`);
}, 900_000);

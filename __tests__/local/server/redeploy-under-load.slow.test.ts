import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Pool } from "undici";
import { type SqsEmulator, startSqsEmulator } from "../../../local/sqs/sqs-emulator";
import { HOSTILE_TEXTS } from "../../support/hostile-texts";
import { synthesizedAuthStack, synthesizedNoAuthStack } from "../../support/synthesized";

const PROJECT = resolve(__dirname, "..", "..", "..");
const REQUESTS = 100_000;
const CONNECTIONS = 32;

/** Deployments one after the other, as settings change them; each may follow on any other. */
const CHANGES = [
  {},
  { response: "compact" },
  { response: "compact", canary: { percent: 50 } },
  { response: "compact", batch: true, canary: { percent: 10 } },
  { response: "compact", batch: true, canary: { end: "promote" } },
  { batch: true, forwardHeaders: ["X-Turn"], canary: { percent: 99.5 } },
  { batch: true, forwardHeaders: ["X-Turn"], canary: { end: "roll-back" } },
  { requestSchema: { "application/json": {} }, cors: { allowOrigins: ["*"] } },
] as const;

/** Synthesized once each, as texts: what is measured is the gateway. */
const SYNTHESIZED = CHANGES.map((change) => {
  const open = { storageSqsQueueName: "open", throttlingRateLimit: -1, ...change };
  return {
    "auth-stack": JSON.stringify(synthesizedAuthStack({ storageSqsQueueName: "auth", ...change }).json),
    "no-auth-stack": JSON.stringify(synthesizedNoAuthStack(open).json),
  };
});

type StackName = keyof (typeof SYNTHESIZED)[number];
const STACKS: readonly StackName[] = ["auth-stack", "no-auth-stack"];

let emulator: SqsEmulator;
let folder: string;
let gateway: ChildProcess;
let said = "";

beforeAll(async () => {
  emulator = await startSqsEmulator({ region: "eu-central-1" });
  folder = mkdtempSync(join(tmpdir(), "redeploy-under-load-"));
  for (const name of STACKS) mkdirSync(join(folder, name));
  synthesizeTo(0);
  const options = [
    "--watch",
    "--json",
    "--port",
    "0",
    "--sqs-endpoint",
    emulator.endpoint,
    "--create-queues",
  ];
  const args = ["-r", "./bin/register.js", "local/server/cli.ts", folder, ...options];
  gateway = spawn(process.execPath, args, { cwd: PROJECT, stdio: ["ignore", "pipe", "pipe"] });
  gateway.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
}, 60_000);

afterAll(async () => {
  const ended = once(gateway, "exit");
  gateway.kill();
  await ended;
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

/** Writes as synthesizers do, in one of their ways: at once, over the old file, or in two pieces with a pause in between. */
function synthesizeTo(turn: number): void {
  for (const name of STACKS) {
    const file = join(folder, name, "cdk.tf.json");
    const text = SYNTHESIZED[turn % SYNTHESIZED.length]?.[name] ?? "";
    if (turn % 3 === 0) {
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    } else if (turn % 3 === 1) {
      writeFileSync(file, text);
    } else {
      writeFileSync(file, text.slice(0, 1000));
      setTimeout(() => {
        appendFileSync(file, text.slice(1000));
      }, 200);
    }
  }
}

/** Each body is another, and most of them mean something to one of those that hand it on. */
function bodyOf(index: number): string {
  return JSON.stringify({ index, text: HOSTILE_TEXTS[index % HOSTILE_TEXTS.length] });
}

interface Outcome {
  readonly statuses: Record<string, number>;
  readonly connections: number;
  readonly accepted: Record<StackName, number[]>;
}

async function sendAll(origin: string): Promise<Outcome> {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const outcome = { statuses: {} as Record<string, number>, connections: 0 };
  const accepted: Outcome["accepted"] = { "auth-stack": [], "no-auth-stack": [] };
  pool.on("connect", () => (outcome.connections += 1));
  let next = 0;
  const work = async () => {
    for (let index = next++; index < REQUESTS; index = next++) {
      const stack = STACKS[index % 2] ?? "auth-stack";
      const headers = {
        "Content-Type": "application/json",
        Authorization: "testtoken",
        "X-Turn": `${index}`,
      };
      const request = { path: `/${stack}/prod/sqs`, method: "POST", headers, body: bodyOf(index) } as const;
      const told = await pool.request(request).then(
        async ({ statusCode, body }) => {
          await body.dump();
          return String(statusCode);
        },
        (error: unknown) => String(error),
      );
      outcome.statuses[told] = (outcome.statuses[told] ?? 0) + 1;
      if (/^2\d\d$/.test(told)) accepted[stack].push(index);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  await pool.destroy();
  return { ...outcome, accepted };
}

test("of 100,000 requests none fails and none is lost while settings change and canaries turn", async () => {
  const [line] = (await once(gateway.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  const { stacks } = JSON.parse(line.toString()) as { stacks: { url: string }[] };
  let turn = 0;
  const timer = setInterval(() => {
    synthesizeTo((turn += 1));
  }, 700);
  const { statuses, connections, accepted } = await sendAll(new URL(stacks[0]?.url ?? "").origin);
  clearInterval(timer);
  expect(Object.keys(statuses).sort()).toEqual(["200", "202"]);
  expect(connections).toBe(CONNECTIONS);
  expect(said.match(/serving the changed stacks/g)?.length).toBeGreaterThan(SYNTHESIZED.length);
  for (const [stack, queue] of [
    ["auth-stack", "auth"],
    ["no-auth-stack", "open"],
  ] as const) {
    const bodies = (await emulator.peek(queue, { messages: REQUESTS })).map(({ body }) => body);
    expect(accepted[stack]).toHaveLength(REQUESTS / 2);
    expect(bodies.sort()).toEqual(accepted[stack].map(bodyOf).sort());
  }
}, 400_000);

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EmulatedQueues } from "../support/emulated-queues";

const ROOT = resolve(__dirname, "..", "..");

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a command in the folder; its environment knows no AWS. */
function tool(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const command = ["-r", join(ROOT, "bin", "register.js"), join(ROOT, script), ...args];
  const { PATH } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: "true", ...env },
  });
  return { status, stdout, stderr };
}

test("a state names the queue, and AWS_ENDPOINT_URL where it is", async () => {
  const queues = await EmulatedQueues.start();
  await queues.send(queues.deadLettersUrl, [{ MessageBody: "dead" }]);
  const outputs = {
    queue_url: { value: "https://sqs.eu-central-1.amazonaws.com/123456789012/work" },
    queue_arn: { value: "arn:aws:sqs:eu-central-1:123456789012:work" },
  };
  writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 4, outputs }));
  const env = { AWS_ENDPOINT_URL: queues.emulator.endpoint };
  const counted = tool("queue/cli.ts", ["auth-stack", "count", "--state", "state.json", "--json"], env);
  expect(counted).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(counted.stdout)).toEqual([
    expect.objectContaining({ name: "work", visible: 0 }),
    expect.objectContaining({ name: "work-dlq", visible: 1 }),
  ]);
  expect(tool("queue/cli.ts", ["redrive", "--state", "state.json"], env)).toMatchObject({
    status: 0,
    stderr: "",
  });
  expect(await queues.bodies(queues.name)).toEqual(["dead"]);
  await queues.stop();
});

test.each([
  [
    "queue",
    ["count", "--queue-url", "http://127.0.0.1:1/0/work"],
    1,
    /^work: can't be reached, got ECONNREFUSED/,
  ],
  [
    "queue",
    ["count", "--queue-url", "https://sqs.eu-central-1.amazonaws.com/123456789012/w"],
    1,
    /^w: has no cred/,
  ],
  ["queue", ["nowhere", "count"], 1, /nowhere: there is no such folder/],
  ["queue", ["count"], 2, /is not told which queue/],
  [
    "queue",
    ["auth-stack", "redirve"],
    2,
    /has no such command, got "auth-stack redirve"; .*count, peek, redrive, purge/,
  ],
  ["queue", ["auth-stack", "redrive", "--dry-rum"], 2, /^--dry-rum: is not a flag, .* Write --dry-run/],
  ["queue", ["auth-stack", "redrive", "--rate", "fast"], 2, /^--rate: .*got "fast"; a whole number from 1/],
  [
    "queue",
    ["auth-stack", "redrive", "--filter", "tenant"],
    2,
    /^--filter: is not a message attribute with a value/,
  ],
  ["queue", ["auth-stack", "count", "now"], 2, /takes no further words, got "now"/],
  ["queue", ["count", "--queue-url", "work"], 2, /^--queue-url: is no address, got "work"/],
  ["smoke", [], 2, /is not told which stack/],
  ["smoke", ["auth-stack", "--header", "key"], 2, /^--header: is not a header with a value, got "key"/],
  ["smoke", ["auth-stack", "no-auth-stack"], 2, /tests one stack at a time/],
] as const)("%s %j ends with %i and one line", (name, args, code, line) => {
  const { status, stdout, stderr } = tool(`${name}/cli.ts`, args);
  expect([status, stdout]).toEqual([code, ""]);
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd()).not.toContain("\n");
});

test("flags that npm keeps for itself are refused: it would move what should only be shown", () => {
  const env = { npm_lifecycle_event: "queue", npm_config_dry_run: "true" };
  const { status, stderr } = tool("queue/cli.ts", ["auth-stack", "redrive"], env);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/got --dry-run; flags after --/)]);
});

test("an API of AWS's is not posted to while the queue is looked for at an emulator", () => {
  const outputs = {
    api_url: { value: "https://abc.execute-api.eu-central-1.amazonaws.com/prod/sqs" },
    queue_url: { value: "http://127.0.0.1:1/0/work" },
    queue_arn: { value: "arn:aws:sqs:eu-central-1:123456789012:work" },
  };
  writeFileSync(join(folder, "state.json"), JSON.stringify({ outputs }));
  const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
  const { status, stderr } = tool("smoke/cli.ts", ["--state", "state.json"], env);
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(/^--url: is needed: the output api_url is AWS's own/),
  ]);
});

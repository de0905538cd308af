import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ExecutionEnvironments } from "../../../local/lambda/execution-environments";

const ARN = "arn:aws:lambda:eu-west-1:123456789012:function:worker";
const FOLDER = mkdtempSync(path.join(tmpdir(), "environments-"));
let started: ExecutionEnvironments[] = [];
let count = 0;

afterEach(() => {
  for (const one of started) one.close();
  started = [];
});
afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

async function start(source: string, more: object = {}) {
  const module = path.join(FOLDER, `handler-${count++}.js`);
  writeFileSync(module, source);
  const code = { module, functionArn: ARN, region: "eu-west-1", timeoutSeconds: 5, environment: {}, ...more };
  const environments = await ExecutionEnvironments.start(code);
  started.push(environments);
  return environments;
}

test("has Lambda's variables and the function's, its timeout, and the id that is told", async () => {
  const { invoke } = await bound(
    `exports.handler = async (event, context) => ({ event, name: process.env.AWS_LAMBDA_FUNCTION_NAME,
      region: process.env.AWS_REGION, table: process.env.TABLE, id: context.awsRequestId,
      left: context.getRemainingTimeInMillis() })`,
    { environment: { TABLE: "orders" } },
  );
  const { requestId, result } = await invoke({ n: 1 });
  expect(result).toEqual({
    ok: true,
    payload: {
      event: { n: 1 },
      name: "worker",
      region: "eu-west-1",
      table: "orders",
      id: requestId,
      left: expect.any(Number) as number,
    },
  });
  const { left } = (result as unknown as { payload: { left: number } }).payload;
  expect(left).toBeGreaterThan(4000);
  expect(left).toBeLessThanOrEqual(5000);
});

async function bound(source: string, more: object = {}) {
  const environments = await start(source, more);
  return { invoke: (event: unknown) => environments.invoke(event) };
}

test("runs one invocation at a time in a process, and uses processes again", async () => {
  const { invoke } = await bound(`let running = 0; exports.handler = async () => {
    running += 1; await new Promise((end) => setTimeout(end, 100)); running -= 1; return { pid: process.pid, running } }`);
  const results = await Promise.all([invoke(1), invoke(2), invoke(3)]);
  const payloads = results.map(({ result }) => (result as { payload: unknown }).payload) as {
    pid: number;
    running: number;
  }[];
  expect(new Set(payloads.map(({ pid }) => pid)).size).toBe(3);
  expect(payloads.map(({ running }) => running)).toEqual([0, 0, 0]);
  const { result } = await invoke(4);
  expect(payloads.map(({ pid }) => pid)).toContain(
    (result as unknown as { payload: { pid: number } }).payload.pid,
  );
});

test.each([
  ["exits", "process.exit(3)", "Runtime exited with error: exit status 3"],
  ["exits with 0", "process.exit(0)", "Runtime exited without providing a reason"],
  ["is killed", "process.kill(process.pid, 'SIGKILL')", "Runtime exited with error: signal: SIGKILL"],
  [
    "never ends",
    "await new Promise(() => setInterval(() => undefined, 1000))",
    "Task timed out after 1.00 seconds",
  ],
  ["is busy for ever", "for (;;);", "Task timed out after 1.00 seconds"],
])("a handler that %s fails its invocation only", async (_name, statement, reason) => {
  const { invoke } = await bound(
    `exports.handler = async (event) => { if (event.fail) { ${statement} } return "well"; }`,
    { timeoutSeconds: 1 },
  );
  const { requestId, result } = await invoke({ fail: true });
  expect(result).toEqual({ ok: false, errorMessage: `RequestId: ${requestId} Error: ${reason}` });
  expect((await invoke({})).result).toEqual({ ok: true, payload: "well" });
});

test("a process that ends between two invocations is replaced", async () => {
  const { invoke } = await bound(
    `exports.handler = async () => { setTimeout(() => process.exit(1), 20); return process.pid; }`,
  );
  const first = (await invoke({})).result;
  await new Promise((resolve) => setTimeout(resolve, 200));
  const second = (await invoke({})).result;
  expect(second).toMatchObject({ ok: true });
  expect(second).not.toEqual(first);
});

test.each([
  ["throws when it is loaded", "throw new Error('no table')", "no table"],
  ["exports nothing", "", "exports no function named handler"],
  ["ends when it is loaded", "process.exit(0)", "ended its process"],
])("a module that %s is refused", async (_name, source, reason) => {
  await expect(start(source)).rejects.toThrow(reason);
});

test("what can't be JSON is a failure", async () => {
  const { invoke } = await bound("exports.handler = async () => ({ n: 1n })");
  expect((await invoke({})).result).toMatchObject({ ok: false });
});

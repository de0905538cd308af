import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PLAIN_DOCUMENT } from "../../support/plain-document";

const project = path.join(__dirname, "..", "..", "..");
const COMMAND = ["-r", "./bin/register.js", path.join("local", "server", "openapi-cli.ts")];

let folder: string;
let stack: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "openapi-cli-"));
  stack = path.join(folder, "orders.tf.json");
  writeFileSync(stack, JSON.stringify(PLAIN_DOCUMENT));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], {
    cwd: project,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("prints OpenAPI, or AsyncAPI, and nothing else", () => {
  const printed = [run(stack), run(stack, "--asyncapi")];
  expect(printed.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
    Array(2).fill({ status: 0, stderr: "" }),
  );
  const [openApi, asyncApi] = printed.map(({ stdout }) => JSON.parse(stdout) as object);
  expect(openApi).toHaveProperty("openapi", "3.1.0");
  expect(asyncApi).toHaveProperty("asyncapi", "3.0.0");
});

test("synthesizes a stack that is named", () => {
  const { status, stdout } = run("no-auth-stack");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toHaveProperty("info.title", "no-auth-stack");
});

test("writes into a file", () => {
  const file = path.join(folder, "api.json");
  expect(run(stack, "--output", file)).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(JSON.parse(readFileSync(file, "utf8"))).toHaveProperty("info.title", path.basename(folder));
});

test("--help tells the flags", () => {
  const { status, stdout } = run("--help");
  expect(status).toBe(0);
  expect(stdout).toContain("--asyncapi");
});

test.each([
  ["no stack", [], "stack: is missing, got nothing; auth-stack, no-auth-stack, or a path are allowed."],
  ["a stack that there is not", ["ordres"], 'stack: is neither a stack nor a path, got "ordres";'],
  ["two stacks", ["auth-stack", "no-auth-stack"], 'stack: is more than one, got "auth-stack no-auth-stack";'],
  ["a flag that there is not", ["--async"], "--async: is not a flag, got --async; --asyncapi,"],
  ["a folder without a stack", [__dirname], "holds no Terraform configuration"],
  [
    "a variable that it does not declare",
    ["--var", "a=b"],
    '--var: no stack declares this variable, got "a";',
  ],
])("%s is one message, and 1", (_, args, message) => {
  const { status, stdout, stderr } = run(...(args[0] === "--var" ? [stack] : []), ...args);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd()).not.toContain("\n");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
});

test("a stack without an API is one message", () => {
  const file = path.join(folder, "queues.tf.json");
  writeFileSync(file, JSON.stringify({ provider: { aws: { region: "us-east-1" } } }));
  const { status, stderr } = run(file);
  expect(stderr).toBe(
    `stacks: hold no REST API, got ${file}; stacks of different names with a REST API each can be served together. Give the root module, plan or state that has an aws_api_gateway_rest_api.\n`,
  );
  expect(status).toBe(1);
});

test("a reader that has seen enough is no error", async () => {
  const child = spawn(process.execPath, [...COMMAND, stack], { cwd: project });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.destroy();
  await once(child, "close");
  expect({ status: child.exitCode, stderr }).toEqual({ status: 0, stderr: "" });
});

const full = process.platform === "linux" ? test : test.skip;

full.each([
  ["standard output", [], "standard output"],
  ["--output", ["--output", "/dev/full"], "--output"],
])("%s that takes nothing is one message", (_, args, where) => {
  const { status, stderr } = spawnSync(process.execPath, [...COMMAND, stack, ...args], {
    cwd: project,
    encoding: "utf8",
    stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
  });
  expect(stderr).toMatch(new RegExp(`^${where}: can't be written, got ENOSPC[^\n]*\n$`));
  expect(status).toBe(1);
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeShopStack } from "./page/shop-stack";

const shop = writeShopStack();
const empty = mkdtempSync(path.join(tmpdir(), "cli-"));
const project = path.join(__dirname, "..", "..");

afterAll(() => {
  shop.remove();
  rmSync(empty, { recursive: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<unknown>;
}

function run(args: readonly string[], cwd = project): Run {
  const hook = path.join(project, "node_modules", "sucrase", "register", "ts");
  const cli = path.join(project, "local", "cli.ts");
  const child = spawn(process.execPath, ["-r", hook, cli, ...args], { cwd });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return { child, output, ended: once(child, "close") };
}

const onFreePort = ["--port", "0", "--stack", shop.folder];

describe("npm start", () => {
  it("prints one line of JSON when all is ready, serves, and ends quickly with 0", async () => {
    const { child, output, ended } = run([...onFreePort, "--json"]);
    await once(child.stdout as NodeJS.ReadableStream, "data");
    const ready = JSON.parse(output.stdout) as {
      stacks: { url: string; queueUrl: string }[];
      sqsEndpoint: string;
    };
    expect(Object.keys(ready)).toEqual(["stacks", "sqsEndpoint"]);
    expect(ready.stacks).toHaveLength(1);
    const [stack] = ready.stacks;
    expect(Object.keys(stack ?? {})).toEqual(["stack", "url", "queueUrl"]);
    const headers = { "Content-Type": "application/json", "X-Shop-Token": "testtoken" };
    const response = await fetch(stack?.url ?? "", { method: "POST", headers, body: "{}" });
    expect(response.status).toBe(200);
    const started = Date.now();
    child.kill("SIGTERM");
    await ended;
    expect(Date.now() - started).toBeLessThan(1000);
    expect(child.exitCode).toBe(0);
    expect(output.stdout.match(/\n/g)).toHaveLength(1);
    expect(output.stderr).toBe("");
  });

  it("prints a table and a command for each stack", async () => {
    const { child, output, ended } = run([...onFreePort, "--token", "s3cret"]);
    await once(child.stdout as NodeJS.ReadableStream, "data");
    child.kill("SIGINT");
    await ended;
    expect(child.exitCode).toBe(0);
    expect(output.stdout).toMatch(/Stack .*URL .*Queue URL .*Token/);
    expect(output.stdout).toMatch(
      /^curl -X POST http:\/\/127\.0\.0\.1:\d+\/shop\/v1\/\w+ .*--data '\{"status": "ok"\}'$/m,
    );
  });

  it.each<[string, string[], RegExp]>([
    [
      "a flag that does not exist",
      ["--prot", "1"],
      /^--prot: is not a flag, got --prot; .*--port.* are allowed\. .+\.\n$/,
    ],
    [
      "a port that is none",
      ["--port", "70000"],
      /^--port: is not a port, got "70000"; 0 to 65535 is allowed\. .+\.\n$/,
    ],
    ["a flag without its value", ["--stack"], /^--stack: needs a value, .+\n$/],
    ["a variable without a value", ["--var", "x"], /^--var: is not a variable with a value, got "x"; .+\n$/],
    ["a stack that is not there", ["--stack", "nowhere"], /^nowhere: there is no such file or folder.*\n$/],
    [
      "a handler that is not there",
      [...onFreePort, "--authorizer", "nowhere"],
      /^--authorizer: .+ nowhere.+\n$/,
    ],
  ])("refuses %s in one line, with 1", async (_, args, message) => {
    const { child, output, ended } = run(args);
    await ended;
    expect(child.exitCode).toBe(1);
    expect(output.stderr).toMatch(message);
    expect(output.stderr.match(/\n/g)).toHaveLength(1);
    expect(output.stdout).toBe("");
  });

  it("tells that there is no project to synthesize", async () => {
    const { child, output, ended } = run([], empty);
    await ended;
    expect(child.exitCode).toBe(1);
    expect(output.stderr).toMatch(
      /^cdktf\.json: has no "app" to synthesize the stacks with, got .+; .+\. .+\.\n$/,
    );
  });

  it("shows the app's own words when it can't synthesize", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "app-"));
    const app = `node -e "console.error('queue name: is missing'); process.exitCode = 3"`;
    writeFileSync(path.join(folder, "cdktf.json"), JSON.stringify({ app }));
    const { child, output, ended } = run(["--json"], folder);
    await ended;
    rmSync(folder, { recursive: true });
    expect([child.exitCode, output.stdout, output.stderr]).toEqual([1, "", "queue name: is missing\n"]);
  });
});

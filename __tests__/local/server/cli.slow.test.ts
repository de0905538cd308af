import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sendAll } from "../../support/send-all";
import { writeHostileStack, writeShopStack } from "../../support/shop-stack";

const shop = writeShopStack();
const empty = mkdtempSync(path.join(tmpdir(), "cli-"));
const project = path.join(__dirname, "..", "..", "..");

afterAll(() => {
  shop.remove();
  rmSync(empty, { recursive: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<unknown>;
}

function run(args: readonly string[], cwd = project, environment: NodeJS.ProcessEnv = {}): Run {
  const hook = path.join(project, "node_modules", "sucrase", "register", "ts");
  const cli = path.join(project, "local", "server", "cli.ts");
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, ["-r", hook, cli, ...args], { cwd, env });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return { child, output, ended: once(child, "close") };
}

/** What is there at last, once the process has said enough. */
async function until(child: ChildProcess, found: () => string | undefined): Promise<string> {
  for (;;) {
    const text = found();
    if (text !== undefined) return text;
    await once(child.stdout as NodeJS.ReadableStream, "data");
  }
}

const JSON_TYPE = { "Content-Type": "application/json" };
const ON_FREE_PORT = ["--port", "0", "--stack", shop.folder];

describe("npm start", () => {
  it("prints one line of JSON when all is ready, serves, and ends quickly with 0", async () => {
    const { child, output, ended } = run([...ON_FREE_PORT, "--json"]);
    await once(child.stdout as NodeJS.ReadableStream, "data");
    const ready = JSON.parse(output.stdout) as {
      stacks: { url: string; queueUrl: string }[];
      sqsEndpoint: string;
    };
    expect(Object.keys(ready)).toEqual(["stacks", "sqsEndpoint"]);
    expect(ready.stacks).toHaveLength(1);
    const [stack] = ready.stacks;
    expect(Object.keys(stack ?? {})).toEqual(["stack", "url", "queueUrl", "methods"]);
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
    const { child, output, ended } = run([...ON_FREE_PORT, "--token", "s3cret"]);
    await once(child.stdout as NodeJS.ReadableStream, "data");
    child.kill("SIGINT");
    await ended;
    expect(child.exitCode).toBe(0);
    expect(output.stdout).toMatch(/Stack .*URL .*Queue URL .*Token/);
    expect(output.stdout).toMatch(
      /^curl -X POST http:\/\/127\.0\.0\.1:\d+\/shop\/v1\/\w+ .*--data '\{"status": "ok"\}'$/m,
    );
  });

  it("tells each request on standard error, unless it is to be quiet", async () => {
    for (const quiet of [[], ["--quiet"]]) {
      const { child, output, ended } = run([...ON_FREE_PORT, ...quiet]);
      await once(child.stdout as NodeJS.ReadableStream, "data");
      const url = /curl -X POST (\S+)/.exec(output.stdout)?.[1] ?? "";
      const response = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" } });
      const id = /"MessageId":"([^"]+)"/.exec(await response.text())?.[1] ?? "none";
      child.kill("SIGTERM");
      await ended;
      const line = new RegExp(`^\\d\\d:\\d\\d:\\d\\d POST /shop/v1/open 200 [\\d.]+ ms ${id}\\n$`);
      expect(output.stderr).toMatch(quiet.length === 0 ? line : /^$/);
    }
  });

  it("prints a line of its access log for each request, none lost to a slow reader, and nothing else of them", async () => {
    const { child, output, ended } = run([...ON_FREE_PORT, "--json", "--json-log"]);
    await once(child.stdout as NodeJS.ReadableStream, "data");
    const { stacks } = JSON.parse(output.stdout) as { stacks: { url: string }[] };
    const headers = { "Content-Type": "text/none", "User-Agent": "x".repeat(1000) };
    const requests = Array.from({ length: 10_000 }, () => ({ headers, body: "" }));
    child.stdout?.pause();
    setTimeout(() => child.stdout?.resume(), 2000);
    const answers = await sendAll(stacks[0]?.url ?? "", requests);
    child.kill("SIGTERM");
    await ended;
    const [, ...lines] = output.stdout.trimEnd().split("\n");
    const logged = lines.map((line) => (JSON.parse(line) as { requestId: string }).requestId);
    expect(logged.sort()).toEqual(answers.map((answer) => answer.headers["x-amzn-requestid"]).sort());
    expect(output.stderr).toBe("");
  }, 120_000);

  it("with a log alone tells people on standard error what runs, and ends with its reader", async () => {
    const { child, output, ended } = run([...ON_FREE_PORT, "--json-log"]);
    await once(child.stderr as NodeJS.ReadableStream, "data");
    const url = /curl -X POST (\S+)/.exec(output.stderr)?.[1] ?? "";
    const { headers } = await fetch(url, { method: "POST" });
    await once(child.stdout as NodeJS.ReadableStream, "data");
    expect(JSON.parse(output.stdout)).toMatchObject({ requestId: headers.get("x-amzn-RequestId") });
    child.stdout?.destroy();
    await fetch(url, { method: "POST" });
    await ended;
    expect(child.exitCode).toBe(0);
    expect(output.stderr).not.toMatch(/\d ms|Error/);
  });

  it("feeds a handler, whose own lines and batches are told, and ends with 0", async () => {
    const handler = path.join(empty, "handler.js");
    writeFileSync(
      handler,
      "exports.handler = async ({ Records }) => console.log(`handled ${Records[0].body}`);",
    );
    const { child, output, ended } = run([...ON_FREE_PORT, "--consumer", handler]);
    try {
      const told = (pattern: RegExp) => until(child, () => pattern.exec(output.stdout)?.[1]);
      const url = await told(/curl -X POST (\S+)/);
      const response = await fetch(url, { method: "POST", headers: JSON_TYPE, body: '{"order":7}' });
      expect(response.status).toBe(200);
      expect(await told(/^handled (.*)\n/m)).toBe('{"order":7}');
      child.kill("SIGINT");
      await ended;
      expect(child.exitCode).toBe(0);
      expect(output.stdout).toContain(`│ orders      │ ${handler} │ up to 10 │`);
      expect(output.stderr).toMatch(/^[\d:]+ 1 message of orders → \S+handler\.js, [\d.]+ ms [\da-f-]{36}$/m);
    } finally {
      child.kill("SIGKILL");
      rmSync(handler);
    }
  }, 30_000);

  it("prints nothing of a consumer among the lines", async () => {
    const chatty = path.join(empty, "chatty.js");
    writeFileSync(chatty, 'exports.handler = async () => console.log("chatter");');
    const args = ["--json", "--json-log", "--consumer", chatty];
    const { child, output, ended } = run([...ON_FREE_PORT, ...args]);
    await once(child.stdout as NodeJS.ReadableStream, "data");
    const { stacks } = JSON.parse(output.stdout) as { stacks: { url: string }[] };
    const headers = { "Content-Type": "application/json", "X-Shop-Token": "testtoken" };
    expect((await fetch(stacks[0]?.url ?? "", { method: "POST", headers, body: "{}" })).status).toBe(200);
    while (!output.stderr.includes("chatter")) {
      await once(child.stderr as NodeJS.ReadableStream, "data");
    }
    child.kill("SIGTERM");
    await ended;
    expect(output.stdout.trimEnd().split("\n")).toHaveLength(2);
    expect(output.stdout).not.toContain("chatter");
    rmSync(chatty);
  });

  it("takes paths from where npm was called, and the project from where npm runs it", async () => {
    const npm = { npm_lifecycle_event: "start", INIT_CWD: shop.folder };
    for (const args of [["--stack", "cdk.tf.json"], []]) {
      const { child, output, ended } = run(["--port", "0", "--json", ...args], project, npm);
      await once(child.stdout as NodeJS.ReadableStream, "data");
      child.kill("SIGTERM");
      await ended;
      const { stacks } = JSON.parse(output.stdout) as { stacks: { stack: string }[] };
      const names = args.length > 0 ? ["shop"] : ["auth-stack", "no-auth-stack"];
      expect(stacks.map(({ stack }) => stack)).toEqual(names);
    }
  });

  it("shows a foreign stack's names harmlessly, and gives a command that a shell takes literally", async () => {
    const hostile = writeHostileStack();
    const arguments_ = [
      "--port",
      "0",
      "--stack",
      hostile.folder,
      "--token",
      "$(touch pwned)'`\"\u001b]0;x\u0007",
    ];
    for (const json of [[], ["--json"]]) {
      const { child, output, ended } = run([...arguments_, ...json]);
      await once(child.stdout as NodeJS.ReadableStream, "data");
      if (json.length === 0) {
        const command = output.stdout.split("\n").find((line) => line.startsWith("curl ")) ?? "";
        const shell = spawnSync("sh", ["-c", `curl() { printf '%s\\n' "$@"; }; ${command}`], { cwd: empty });
        const words = shell.stdout.toString().split("\n");
        await fetch(words[2] ?? "", { method: "POST" });
        expect(words).toEqual([
          "-X",
          "POST",
          expect.stringMatching(
            /^http:\/\/127\.0\.0\.1:\d+\/%24\(touch%20pwned\)'%1B%5B2J%E2%80%AE\/v1\/guarded$/,
          ),
          "-H",
          "X-Shop-Token: $(touch pwned)'`\"\\u001b]0;x\\u0007",
          "-H",
          "Content-Type: application/json",
          "--data",
          '{"status": "ok"}',
          "",
        ]);
        expect(readdirSync(empty)).toEqual([]);
      } else expect(JSON.parse(output.stdout)).toMatchObject({ stacks: [{ stack: hostile.name }] });
      child.kill("SIGTERM");
      await ended;
      expect(output.stdout + output.stderr).not.toMatch(/[^\P{C}\n]/u);
      const requestLines = output.stderr.match(/^[\d:]+ POST \/\$\(touch pwned\).*\/guarded 40\d .*$/gm);
      expect(requestLines ?? []).toHaveLength(json.length === 0 ? 1 : 0);
    }
    hostile.remove();
  });

  it("tells of a foreign stack's names in one harmless line where it refuses them", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "hostile-"));
    const resource = { aws_sqs_queue: { "q\u001b[2J\nERROR": { name: "\u202e$(touch pwned)\r" } } };
    writeFileSync(
      path.join(folder, "main.tf.json"),
      JSON.stringify({ provider: { aws: { region: "eu-central-1" } }, resource }),
    );
    const { child, output, ended } = run(["--port", "0", "--stack", folder]);
    await ended;
    rmSync(folder, { recursive: true });
    expect([child.exitCode, output.stdout]).toEqual([1, ""]);
    expect(output.stderr).toMatch(
      /^aws_sqs_queue\.q\\u001b\[2J\\u000aERROR\.name: is no queue's name, got .+\n$/,
    );
    expect(output.stderr).not.toMatch(/[^\P{C}\n]/u);
  });

  it.each<[string, string[], RegExp]>([
    [
      "a flag that does not exist, with the nearest one first",
      ["--prot", "1"],
      /^--prot: is not a flag, got --prot; --port, --host, .* are allowed\. Write --port, or .+\.\n$/,
    ],
    [
      "a flag that does not exist, with its value",
      ["--jsn=1"],
      /^--jsn: is not a flag, got --jsn=1; --json, .* are allowed\. .+\.\n$/,
    ],
    ["a host that is a URL", ["--host", "http://127.0.0.1"], /^--host: is not an address, got "http:.+\n$/],
    ["a host with a port", ["--host", "127.0.0.1:3000"], /^--host: is not an address, got "127\..+\n$/],
    ["a host that is blank", ["--host", " "], /^--host: is blank, got " "; .+\n$/],
    ["a path that is blank", ["--stack", ""], /^--stack: is blank, got ""; .+\n$/],
    ["control characters", ["--\u001b[2J\n"], /^--\\u001b\[2J\\u000a: is not a flag.+\n$/],
    [
      "a port that is none",
      ["--port", "70000"],
      /^--port: is not a port, got "70000"; 0 to 65535 is allowed\. .+\.\n$/,
    ],
    ["a flag without its value", ["--stack"], /^--stack: needs a value, .+\n$/],
    ["a variable without a value", ["--var", "x"], /^--var: is not a variable with a value, got "x"; .+\n$/],
    ["a stack that is not there", ["--stack", "nowhere"], /^nowhere: there is no such file or folder.*\n$/],
    [
      "a host of another machine",
      [...ON_FREE_PORT, "--host", "192.0.2.1"],
      /^--host: is no address .+ leave --host out\.\n$/,
    ],
    [
      "a variable that no stack declares",
      [...ON_FREE_PORT, "--var", "a=b"],
      /^--var: no stack declares this variable, .+\n$/,
    ],
    [
      "an SQS that is none",
      [...ON_FREE_PORT, "--sqs-endpoint", "localhost"],
      /^--sqs-endpoint: is not a URL, .+\n$/,
    ],
    [
      "a handler that is not there",
      [...ON_FREE_PORT, "--authorizer", "nowhere"],
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

  it("refuses a flag that npm keeps for itself, rather than serve without it", () => {
    const npm = spawnSync("npm", ["start", "--silent", "--json-log"], { cwd: project, timeout: 20_000 });
    expect([npm.status, npm.stdout.toString()]).toEqual([1, ""]);
    expect(npm.stderr.toString()).toMatch(/^npm start: gets no flags before --.*, got --json-log; .+\.$/m);
  }, 30_000);

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

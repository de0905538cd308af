import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { watchSources } from "../../../local/server/watch-sources";
import { copySources, SYNTHESIS_SOURCES } from "../../support/project-sources";

const project = resolve(__dirname, "..", "..", "..");
const COPIED = [...SYNTHESIS_SOURCES, "cdktf.json", "lambda", "local"];

let folder: string;
let gateway: ChildProcess;
let output = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-watch-"));
  copySources(COPIED, folder);
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  const args = ["-r", "sucrase/register/ts", "local/server/cli.ts", "--port", "0", "--json", "--watch"];
  gateway = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, CDKTF_OUTDIR: "" } });
  const listen = (chunk: Buffer) => (output += chunk.toString());
  gateway.stdout?.on("data", listen);
  gateway.stderr?.on("data", listen);
  await said(/sqsEndpoint.*\n/);
}, 30_000);

afterAll(async () => {
  const ended = new Promise((done) => gateway.once("exit", done));
  gateway.kill();
  await ended;
  rmSync(folder, { recursive: true });
});

/** Waits until the gateway has printed something new. */
async function said(pattern: RegExp): Promise<void> {
  const start = Date.now();
  while (!pattern.test(output)) {
    if (Date.now() - start > 15_000) throw new Error(`never said ${String(pattern)}, but: ${output}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

function changeSettings(change: (params: Record<string, unknown>) => void): void {
  const file = join(folder, "cdktf.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as { context: { params: Record<string, unknown> } };
  change(settings.context.params);
  output = "";
  writeFileSync(file, JSON.stringify(settings));
}

test("a change is served on the same connection, and a mistake leaves the stacks as they were", async () => {
  const { stacks } = JSON.parse(output) as { stacks: { stack: string; url: string }[] };
  const url = stacks.find(({ stack }) => stack === "no-auth-stack")?.url ?? "";
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  const post = () =>
    new Promise<number | undefined>((done, fail) => {
      const request = http.request(url, { method: "POST", agent }, (response) => {
        ports.add(response.socket.localPort);
        response.resume().on("end", () => {
          done(response.statusCode);
        });
      });
      request.on("error", fail).end("{}");
    });

  expect(await post()).toBe(200);
  changeSettings((params) => (params.response = "compact"));
  await said(/serving the changed stacks/);
  expect(await post()).toBe(202);
  changeSettings((params) => (params.delay_seconds = -1));
  await said(/delay_seconds: is out of range[^]*served on/);
  expect(await post()).toBe(202);
  expect(ports.size).toBe(1);
  agent.destroy();
}, 40_000);

describe.each([
  ["a path of the working folder", (root: string) => root],
  ["a path elsewhere", () => __dirname],
])("%s", (_, workingFolder) => {
  const before = process.cwd();
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "queue-leveling-again-"));
    process.chdir(workingFolder(root));
    write();
  });

  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });

  function write(): void {
    mkdirSync(join(root, "cdktf.out", "stacks", "shop"), { recursive: true });
    writeFileSync(join(root, "cdktf.out", "stacks", "shop", "cdk.tf.json"), "{}");
  }

  /** Waits until all changes so far are told. */
  const settled = () => new Promise((done) => setTimeout(done, 600));

  it("is watched on after it was replaced", async () => {
    let changes = 0;
    const end = await watchSources([join(root, "cdktf.out")], () => {
      changes += 1;
      return Promise.resolve();
    });
    const seen: boolean[] = [];
    for (const change of [
      () => {
        renameSync(join(root, "cdktf.out"), join(root, "away"));
        cpSync(join(root, "away"), join(root, "cdktf.out"), { recursive: true });
      },
      write,
      () => {
        rmSync(join(root, "cdktf.out"), { recursive: true });
      },
      write,
      write,
      () => {
        writeFileSync(join(root, "other"), "");
      },
    ]) {
      changes = 0;
      change();
      await settled();
      seen.push(changes > 0);
    }
    await end();
    expect(seen).toEqual([true, true, true, true, true, false]);
  });
});

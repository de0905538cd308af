import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const SYNTH = resolve(__dirname, "..", "..", "bin", "synth.js");
const CONTEXT = {
  params: { aws_region_name: "eu-central-1" },
  "no-auth-stack": { storage_sqs_queue_name: "open" },
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the app as CDKTF's CLI does: a program of that name, a shell, the app. */
function run(commandLine: string, backend: object, env: NodeJS.ProcessEnv = {}, bin = folder) {
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ context: { ...CONTEXT, backend } }));
  const app = `${JSON.stringify(process.execPath)} ${JSON.stringify(SYNTH)}`;
  const cli = `process.exit(require("node:child_process").spawnSync(${JSON.stringify(app)}, { shell: true, stdio: "inherit" }).status)`;
  const [program = "", ...args] = commandLine.split(" ");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, program), cli);
  return spawnSync(process.execPath, [join(bin, program), ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
}

test.each([
  "cdktf deploy auth-stack",
  "cdktf destroy auth-stack --auto-approve",
  "cdktf diff auth-stack",
  "cdktf --log-level debug output auth-stack",
  "cdktn deploy auth-stack",
])("%s would wait for the bucket's name: it is told how to have one", (command) => {
  const { status, stderr, stdout } = run(command, { s3: {} });
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(` in which ${command.slice(0, 5)} `);
  expect(stderr.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^cdktf[.]json backend[.]s3: names no bucket .* Run npm run bootstrap/),
  ]);
});

test("it is told in a folder whose path has a space", () => {
  const { status, stderr } = run(
    "cdktf deploy auth-stack",
    { s3: {} },
    {},
    join(folder, "my projects", "bin"),
  );
  expect([status, stderr]).toEqual([1, expect.stringContaining(" in which cdktf deploy ")]);
});

(existsSync("/proc/self/stat") ? test : test.skip)("it is told on Linux where no ps is installed", () => {
  const { status, stderr } = run("cdktf deploy auth-stack", { s3: {} }, { PATH: folder });
  expect([status, stderr]).toEqual([1, expect.stringContaining(" in which cdktf deploy ")]);
});

test.each<[string, string, object, NodeJS.ProcessEnv]>([
  ["a bucket is named", "cdktf deploy auth-stack", { s3: { bucket: "states" } }, {}],
  ["Terraform is not run", "cdktf synth", { s3: {} }, {}],
  ["the backend has no bucket", "cdktf deploy auth-stack", { local: {} }, {}],
  [
    "init is told the bucket",
    "cdktf deploy auth-stack",
    { s3: {} },
    { TF_CLI_ARGS_init: "-backend-config=bucket=states" },
  ],
])("where %s, the stacks are synthesized", (_what, command, backend, env) => {
  expect(run(command, backend, env)).toMatchObject({ status: 0, stderr: "" });
});

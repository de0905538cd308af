import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const project = resolve(__dirname, "..");
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with the project's settings, or with others. */
function folderWith(settings?: object): string {
  const folder = mkdtempSync(join(tmpdir(), "queue-leveling-main-"));
  folders.push(folder);
  if (settings) writeFileSync(join(folder, "cdktf.json"), JSON.stringify(settings));
  else cpSync(join(project, "cdktf.json"), join(folder, "cdktf.json"));
  return folder;
}

function synthesize(folder: string) {
  return spawnSync(process.execPath, [join(project, "bin", "synth.js")], { cwd: folder, encoding: "utf8" });
}

function synthesized(folder: string): string[] {
  return ["auth-stack", "no-auth-stack"].map((stack) =>
    readFileSync(join(folder, "cdktf.out", "stacks", stack, "cdk.tf.json"), "utf8"),
  );
}

test("the same settings give the same bytes in every folder, with no path of the machine in them", () => {
  const [here, there] = [folderWith(), folderWith()];
  expect([synthesize(here).status, synthesize(there).status]).toEqual([0, 0]);
  expect(synthesized(here)).toEqual(synthesized(there));
  expect(synthesized(here).join()).not.toContain(here);
  expect(synthesized(here).join()).not.toContain(project);
});

test("a mistake in the settings ends with exit code 1, one line and no stack trace", () => {
  const { status, stderr } = synthesize(folderWith({ context: { params: { aws_region_name: "nowhere" } } }));
  expect(status).toBe(1);
  expect(stderr).toBe(
    'cdktf.json context.params.aws_region_name: is not valid, got "nowhere"; the name of an AWS Region. Write for example "eu-central-1".\n',
  );
});

test.each([[{ context: null }], [{ context: ["a"] }], [["a"]]])(
  "%j is no cdktf.json with settings",
  (settings) => {
    const { status, stderr } = synthesize(folderWith(settings));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^cdktf\.json: can't be read, got .*; a JSON object whose "context" is an object/);
  },
);

test("a missing cdktf.json is told", () => {
  const folder = mkdtempSync(join(tmpdir(), "queue-leveling-main-"));
  folders.push(folder);
  const { status, stderr } = synthesize(folder);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^cdktf\.json: can't be read, got .*ENOENT/);
});

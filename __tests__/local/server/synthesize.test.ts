import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../../../local/server/synthesize";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-app-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function failure(project: unknown): Promise<string> {
  const text = typeof project === "string" ? project : JSON.stringify(project);
  writeFileSync(join(folder, "cdktf.json"), text);
  const error = await synthesize(folder).catch((reason: unknown) => reason);
  return error instanceof Error ? error.message : "";
}

const MANIFEST = `{ "stacks": { "a": { "synthesizedStackPath": "stacks/a/cdk.tf.json" } } }`;
const WRITES = `mkdir -p "$CDKTF_OUTDIR" && echo '${MANIFEST}' > "$CDKTF_OUTDIR/manifest.json"`;

test("the stacks are those of the manifest that the app writes", async () => {
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app: WRITES }));
  expect(await synthesize(folder)).toEqual([join(folder, "cdktf.out", "stacks", "a", "cdk.tf.json")]);
});

test.each<[string, unknown, RegExp]>([
  ["no app", {}, /^cdktf\.json: has no "app" to synthesize the stacks with, got none; /],
  ["an app that is no text", { app: ["node"] }, /^cdktf\.json: has no "app" .*, got \["node"\]; /],
  ["a blank app", { app: " " }, /^cdktf\.json: has no "app" .*, got " "; /],
  ["a list", [], /^cdktf\.json: has no "app" .*, got none; /],
  ["nothing", null, /^cdktf\.json: has no "app" .*, got none; /],
  ["no JSON", '{"app":}', /cdktf\.json, line 1, column 8: is not JSON, got "}"; /],
  [
    "no such command",
    { app: "no-such-command x" },
    /^cdktf\.json "app": can't be run \(.*\), got "no-such-command x"; /,
  ],
  ["a command that may not run", { app: "./cdktf.json" }, /^cdktf\.json "app": can't be run \(.*\), got /],
  [
    "an app without a word",
    { app: "exit 3" },
    /^cdktf\.json "app": ended with exit code 3 and said nothing, got "exit 3"; /,
  ],
  [
    "an app that is killed",
    { app: "kill -9 $$" },
    /^cdktf\.json "app": ended with SIGKILL and said nothing, got /,
  ],
  [
    "an app that writes nothing",
    { app: "true" },
    /^cdktf\.json "app": wrote no stacks, got "true"; .*\. .*\.$/,
  ],
])("%s is one line", async (_what, project, message) => {
  const told = await failure(project);
  expect(told).toMatch(message);
  expect(told).not.toContain("\n");
});

test("an app's own words are all that is told", async () => {
  expect(await failure({ app: "echo queue: is missing >&2; exit 1" })).toBe("queue: is missing");
});

test("stacks of an earlier run are not taken for this one's", async () => {
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app: WRITES }));
  await synthesize(folder);
  expect(await failure({ app: "true" })).toMatch(/^cdktf\.json "app": wrote no stacks/);
});

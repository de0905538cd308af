import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { copySources, SYNTHESIS_SOURCES } from "./support/project-sources";

const project = resolve(__dirname, "..");
const FOLDERS: string[] = [];

afterAll(() => {
  for (const folder of FOLDERS) rmSync(folder, { recursive: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "queue-leveling-main-"));
  FOLDERS.push(folder);
  return folder;
}

/** A folder with the project's settings, or with others. */
function folderWith(settings?: object | string | Buffer): string {
  const folder = emptyFolder();
  const file = join(folder, "cdktf.json");
  if (settings === undefined) cpSync(join(project, "cdktf.json"), file);
  else writeFileSync(file, isText(settings) ? settings : JSON.stringify(settings));
  return folder;
}

function isText(settings: object | string): settings is string | Buffer {
  return typeof settings === "string" || Buffer.isBuffer(settings);
}

function synthesize(folder: string, from = project) {
  return spawnSync(process.execPath, [join(from, "bin", "synth.js")], { cwd: folder, encoding: "utf8" });
}

/** The sources in a folder of their own, without packages. */
function copiedSources(): string {
  const copy = emptyFolder();
  copySources([...SYNTHESIS_SOURCES, "local"], copy);
  return copy;
}

/** Names that both stacks need. */
const NAMES = {
  params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" },
  "no-auth-stack": { storage_sqs_queue_name: "open" },
};

test("what a cost a day comes to is told once a stack, on standard error, and nothing else is", () => {
  const withCost = folderWith({ context: { ...NAMES, "auth-stack": { max_cost_per_day: 20 } } });
  const { stdout, stderr, status } = synthesize(withCost);
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
  expect(stderr.split("\n")).toEqual([
    expect.stringMatching(
      /^auth-stack "max_cost_per_day": \$20 a day is 45\.378817 requests a second to its one method, 500 at once\. Prices: .*; us-east-1, June 2026\. Not in it: .*best-effort basis, so this is no guarantee\.$/,
    ),
    "",
  ]);
  expect(synthesize(folderWith({ context: NAMES })).stderr).toBe("");
});

test("a stack whose messages have no room for the request's id says so", () => {
  const headers = Array.from({ length: 9 }, (_, index) => `X-${index}`);
  const notes = (settings: object) =>
    synthesize(
      folderWith({
        context: { ...NAMES, "no-auth-stack": { storage_sqs_queue_name: "hooks", ...settings } },
      }),
    ).stderr;
  expect(notes({ forward_headers: [...headers, "X-9"] })).toBe(
    'no-auth-stack "request_id_attribute": messages have no attribute RequestId, since the settings make 10 others, and SQS takes 10. Forward less to have it, or write false.\n',
  );
  expect(notes({ forward_headers: headers })).toBe("");
  expect(notes({ forward_headers: [...headers, "X-9"], request_id_attribute: false })).toBe("");
  expect(notes({ forward_headers: headers, content_types: ["application/json", "image/png"] })).toMatch(
    /^no-auth-stack .* make 10 others/,
  );
  expect(notes({ forward_headers: headers, forward_request_metadata: ["requestId"] })).toBe("");
  expect(notes({ forward_headers: ["RequestId"], max_cost_per_day: 20 })).toMatch(
    /^no-auth-stack "max_cost_per_day": .*\nno-auth-stack "request_id_attribute": .*another one is called RequestId\. .*\n$/,
  );
});

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
  const { status, stderr } = synthesize(emptyFolder());
  expect(status).toBe(1);
  expect(stderr).toMatch(/^cdktf\.json: can't be read, got .*ENOENT/);
});

const CONTEXT = {
  params: { storage_sqs_queue_name: "a" },
  "no-auth-stack": { storage_sqs_queue_name: "b" },
};

test.each<[string, object | string | Buffer, string]>([
  [
    "a comma too many",
    '{\n  "context": {\n    "params": { "fifo": true, }\n  }\n}',
    'cdktf.json, line 3, column 31: is not JSON, got "}"; a name in double quotes, with no comma after the last property. Mend the file there.',
  ],
  [
    "a key twice",
    '{ "context": { "params": { "fifo": true, "fifo": false } } }',
    'cdktf.json, line 1, column 42: repeats a key, got "fifo"; each key once in an object. Mend the file there.',
  ],
  [
    "UTF-16",
    Buffer.from('\ufeff{ "context": {} }', "utf16le"),
    "cdktf.json: is not UTF-8, got UTF-16; a text in UTF-8. Save it as UTF-8.",
  ],
  [
    "params outside context",
    { params: {} },
    'cdktf.json params: is outside "context", got {}; settings inside it only. Move it into "context".',
  ],
  [
    "a setting outside context",
    { context: {}, fifo: true },
    'cdktf.json fifo: is outside "context", got true; settings inside it only. Move it into "params" in "context".',
  ],
  [
    "a misspelt context",
    { contxt: CONTEXT },
    'cdktf.json contxt: is misspelt, got "contxt"; "context" holds the settings. Write "context".',
  ],
])("%s in cdktf.json is one line and exit code 1", (_what, settings, message) => {
  const { status, stdout, stderr } = synthesize(folderWith(settings));
  expect([status, stdout, stderr]).toEqual([1, "", `${message}\n`]);
});

test("a byte order mark makes no difference", () => {
  expect(synthesize(folderWith(`\ufeff${JSON.stringify({ context: CONTEXT })}`)).status).toBe(0);
});

test("a schema of a request, for which Ajv is loaded, is checked", () => {
  const request_schema = { "application/json": { requird: [] } };
  const params = { ...CONTEXT.params, request_schema };
  const { status, stderr } = synthesize(folderWith({ context: { ...CONTEXT, params } }));
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^cdktf\.json context\.params\.request_schema\.application\/json: at \/requird: .*\n$/,
  );
});

test.each(["cdktf.json", "cdktf.out"])("%s that is of another kind is one line and exit code 1", (name) => {
  const folder = name === "cdktf.out" ? folderWith() : emptyFolder();
  if (name === "cdktf.out") writeFileSync(join(folder, name), "");
  else mkdirSync(join(folder, name));
  const { status, stderr } = synthesize(folder);
  expect(status).toBe(1);
  expect(stderr).toMatch(new RegExp(`^${name}: can't be (read|written), got E[A-Z]+: .*; a f.*\\. .*\\.\n$`));
});

test.each<[string, string[]]>([
  ["npm run synth", ["bin/synth.js"]],
  ["npm start", ["-r", "./bin/register.js", "local/server/cli.ts"]],
])("%s without packages asks for npm ci, in one line", (_what, args) => {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: copiedSources(), encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^node_modules: lacks packages, got no .*; .*\. Run npm ci --include=dev in the project's folder\.\n$/,
  );
});

test("a mistake in a source is its place and nothing else, and nothing is written", () => {
  const copy = copiedSources();
  const packages = join(project, "node_modules");
  mkdirSync(join(copy, "node_modules"));
  for (const name of readdirSync(packages).filter((entry) => entry !== ".cache")) {
    symlinkSync(join(packages, name), join(copy, "node_modules", name));
  }
  writeFileSync(join(copy, "settings", "file-names.ts"), "export const a: = 5;\n");
  const { status, stderr } = synthesize(copy, copy);
  expect(status).toBe(1);
  expect(stderr).toMatch(/ERROR.*Unexpected "="\s+settings\/file-names\.ts:1:16:/);
  expect(stderr).not.toMatch(/^\s+at |synth\.js/m);
});

// Runs main.ts. Loading modules is most of a synthesis, so main.ts and the packages that it imports are bundled into one
// file, which is kept until a source or an installed package changes: a third faster than compiled files one by one.
require("./require-packages");
require("./skip-token-traces");
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join, resolve } = require("node:path");
const { compileFunction } = require("node:vm");

const root = resolve(__dirname, "..");
const cache = join(root, "node_modules", ".cache", "queue-leveling");
const bundle = join(cache, "main.js");
const stamp = join(cache, "main.json");

/** Hash over the contents of `files`, which are relative to the project. */
function hash(files) {
  const sum = createHash("sha256");
  for (const file of files) sum.update(file).update(readFileSync(join(root, file)));
  return sum.digest("hex");
}

function isFresh() {
  try {
    const { inputs, sum } = JSON.parse(readFileSync(stamp, "utf8"));
    return hash(inputs) === sum;
  } catch {
    return false;
  }
}

/** npm rewrites the second file at each install: it stands for every installed package. */
function inputsOf(metafile) {
  const sources = Object.keys(metafile.inputs).filter((file) => !file.startsWith("node_modules/"));
  return [...sources, "bin/synth.js", "node_modules/.package-lock.json"];
}

function build() {
  try {
    return bundled();
  } catch (error) {
    // A mistake in a source esbuild has told already, with its place.
    if (!Array.isArray(error.errors)) console.error(cannotRun(error.message.split("\n", 1)));
    process.exit(1);
  }
}

function cannotRun(reason) {
  return `esbuild: can't run, got ${reason}; the program that npm installs for this machine. Run npm ci --include=dev in the project's folder.`;
}

function bundled() {
  const { metafile, outputFiles } = require("esbuild").buildSync({
    absWorkingDir: root,
    entryPoints: ["main.ts"],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node20.9",
    // jsonc-parser's other entry point can't be bundled.
    mainFields: ["module", "main"],
    // Few settings need it, and to read it costs every run.
    external: ["ajv-draft-04"],
    metafile: true,
    write: false,
  });
  return { code: outputFiles[0].contents, inputs: inputsOf(metafile) };
}

function keep({ code, inputs }) {
  mkdirSync(cache, { recursive: true });
  const sum = hash(inputs);
  replace(bundle, code);
  replace(stamp, JSON.stringify({ inputs, sum }));
}

/** Where node_modules can't be written, or was not made by npm, each run bundles anew. */
function runOnce({ code }) {
  const source = Buffer.from(code).toString("utf8");
  compileFunction(source, ["require"], { filename: bundle })(createRequire(bundle));
}

/** At once, so that two runs side by side never read half a file. */
function replace(file, contents) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

function run() {
  if (isFresh()) return require(bundle);
  const built = build();
  try {
    keep(built);
  } catch {
    return runOnce(built);
  }
  return require(bundle);
}

run();

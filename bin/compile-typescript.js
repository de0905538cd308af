// Runs TypeScript. Sucrase takes the types away; `?.` and `??` it must leave as they are, since its own
// for engines that lack them cost the gateway a third of its time per request. What it made of a file is kept until the
// file changes: it is most of the time that a program takes to start.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { basename, join, relative, resolve } = require("node:path");
const { addHook } = require("pirates");
const { version } = require("sucrase/package.json");

const root = resolve(__dirname, "..");
const cache = join(root, "node_modules", ".cache", "queue-leveling", "compiled");

/** An installed package is JavaScript already, and what it compiles is its user's: nothing of that is kept. */
const isPackaged = basename(root) === "dist";

// Node.js 22 and newer keep machine code, too.
if (!isPackaged) enableCompileCache?.(join(cache, "v8"));
addHook(isPackaged ? compile : compiled, { exts: [".ts", ".mts", ".cts"] });

function compiled(source, file) {
  const kept = join(cache, `${relative(root, file).replaceAll(/[\\/]/g, "+")}.js`);
  const stamp = `// ${createHash("sha1").update(version).update(source).digest("hex")}`;
  const found = read(kept);
  if (found?.endsWith(stamp)) return found;
  const code = `${compile(source, file)}\n${stamp}`;
  keep(kept, code);
  return code;
}

function compile(source, filePath) {
  const { transform } = require("sucrase");
  return transform(source, { transforms: ["imports", "typescript"], disableESTransforms: true, filePath })
    .code;
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Renamed at once, so that two programs side by side never read half a file. */
function keep(file, code) {
  try {
    mkdirSync(cache, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, file);
  } catch {
    // Where nothing can be written, each start compiles anew.
  }
}

// Writes dist/, what `npm pack` packs: compiled JavaScript with types, and beside it the files that run as they are.
require("./require-packages");
const { spawnSync } = require("node:child_process");
const { cpSync, rmSync } = require("node:fs");
const { join, resolve } = require("node:path");

const root = resolve(__dirname, "..");

/** What is no TypeScript, and found by its place among the sources. */
const COPIED = [
  "bin/compile-typescript.js",
  "bin/node-support.js",
  "bin/queue-leveling.js",
  "lambda/consumer/pointers.d.ts",
  "lambda/consumer/pointers.js",
  "lambda/token-authorizer/index.js",
  "local/lambda/execution-environment-process.mjs",
  "local/server/page/assets",
  "local/sqs/sqs-emulator-process.mjs",
  "webhooks/load-library.js",
];

rmSync(join(root, "dist"), { recursive: true, force: true });
const tsc = [require.resolve("typescript/bin/tsc"), "--project", join(root, "tsconfig.package.json")];
const { status } = spawnSync(process.execPath, tsc, { stdio: ["ignore", 2, "inherit"] });
for (const file of COPIED) cpSync(join(root, file), join(root, "dist", file), { recursive: true });
process.exitCode = status ?? 1;

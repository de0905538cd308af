import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type * as Fflate from "fflate";

/** Folders that end with this process. */
const SCRATCH = new Set<string>();

process.once("exit", () => {
  for (const folder of SCRATCH) rmSync(folder, { recursive: true, force: true });
});

/**
 * Unpacks the archive of a function into a folder of its own, anew each time.
 * @returns the module that holds the handler
 * @throws Error where the archive can't be read, or its handler is no `handler` of a JavaScript module
 */
export function unpackFunction(archive: string, handler: string): string {
  const [, module] = /^([\w./-]+)\.handler$/.exec(handler) ?? [];
  if (module === undefined) throw new Error(`${handler} is not named handler, as in index.handler.`);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it takes 13 ms to load, and few stacks have functions
  const { unzipSync } = require("fflate") as typeof Fflate;
  const folder = mkdtempSync(path.join(tmpdir(), "queue-leveling-function-"));
  SCRATCH.add(folder);
  for (const [name, content] of Object.entries(unzipSync(readFileSync(archive)))) {
    const file = path.join(folder, name);
    if (!file.startsWith(folder + path.sep)) throw new Error(`${archive}: ${name} leads out of the archive.`);
    if (name.endsWith("/")) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return path.join(folder, module);
}

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { runCommand } from "./run-command";

const PROJECT = resolve(__dirname, "..", "..", "..");

/**
 * What `npm ci --omit=dev --prefix lambda/consumer` would install there, taken from the project's own packages, which are the same
 * (`consumer.test.ts` of the function says so).
 */
export function installConsumer(projectFolder: string): void {
  const folder = join(projectFolder, "lambda", "consumer");
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as { packages: object };
  rmSync(join(folder, "node_modules"), { recursive: true, force: true });
  for (const path of Object.keys(lock.packages).filter((name) => name !== "")) {
    cpSync(join(PROJECT, path), join(folder, path), { recursive: true });
  }
}

/** Runs the handler of a function's archive in Node.js, with the SDK beside it that Lambda's runtime has. Returns its answer. */
export async function invokeArchive(archive: string, event: unknown, environment: NodeJS.ProcessEnv) {
  const folder = mkdtempSync(join(tmpdir(), "queue-leveling-archive-"));
  for (const [name, content] of Object.entries(unzipSync(readFileSync(archive)))) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const script = `require(${JSON.stringify(folder)}).handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 5000 })
    .then((answer) => console.log(JSON.stringify({ answer })));`;
  const env = { ...process.env, ...environment, NODE_PATH: join(PROJECT, "node_modules") };
  const { output } = await runCommand(process.execPath, ["-e", script], { cwd: folder, env });
  rmSync(folder, { recursive: true });
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "./user-error";

/** The app's own words about why it can't synthesize. */
export class SynthesisError extends Error {
  override readonly name = "SynthesisError";
}

interface ProjectFile {
  readonly app?: unknown;
  readonly output?: unknown;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}

/**
 * Runs the `app` command of the `cdktf.json` in `folder` as a process of its own.
 * @returns the paths of the synthesized stacks
 * @throws SynthesisError when the app fails; UserError when there is no app.
 */
export async function synthesize(folder: string, signal?: AbortSignal): Promise<string[]> {
  const { app, output = "cdktf.out" } = readProject(folder);
  if (typeof app !== "string") throw noApp(app === undefined ? "none" : JSON.stringify(app));
  const outdir = path.resolve(folder, process.env.CDKTF_OUTDIR ?? String(output));
  await run(app, folder, outdir, signal);
  const manifest = JSON.parse(readFileSync(path.join(outdir, "manifest.json"), "utf8")) as Manifest;
  return Object.values(manifest.stacks).map((stack) => path.join(outdir, stack.synthesizedStackPath));
}

function readProject(folder: string): ProjectFile {
  try {
    return JSON.parse(readFileSync(path.join(folder, "cdktf.json"), "utf8")) as ProjectFile;
  } catch (error) {
    throw noApp(error instanceof Error ? error.message : String(error));
  }
}

function noApp(got: string): UserError {
  return new UserError({
    what: "cdktf.json",
    wrong: 'has no "app" to synthesize the stacks with',
    got,
    allowed: "a JSON file with the command that writes the stacks",
    mend: "Run the command in the project's folder, or name synthesized stacks with --stack",
  });
}

function run(app: string, cwd: string, outdir: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CDKTF_OUTDIR: outdir };
    const child = spawn(app, { cwd, env, shell: true, stdio: ["ignore", "pipe", "pipe"], signal });
    let said = "";
    const listen = (chunk: Buffer) => {
      said += chunk.toString("utf8");
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new SynthesisError(said.trim() || `${app}: ended with exit code ${String(code)} and said nothing.`),
        );
    });
  });
}

import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import { outputFolder, readProject } from "./project-file";
import { stacksOfManifest } from "./synthesized-stacks";
import { UserError } from "./user-error";

/** The app's own words about why it can't synthesize. */
export class SynthesisError extends Error {
  public override readonly name = "SynthesisError";
}

/**
 * Runs the `app` command of the `cdktf.json` in `folder` as a process of its own.
 * @returns the paths of the synthesized stacks
 * @throws SynthesisError when the app fails; UserError when there is none, it can't run or writes no stacks; FileError
 */
export async function synthesize(folder: string, signal?: AbortSignal): Promise<readonly string[]> {
  const project = readProject(folder);
  if (project === undefined) throw noApp("no such file");
  const { app } = project;
  if (typeof app !== "string" || app.trim() === "") {
    throw noApp(app === undefined ? "none" : JSON.stringify(app));
  }
  const outdir = outputFolder(folder, project);
  const manifest = path.join(outdir, "manifest.json");
  const before = lastWritten(manifest);
  await run(app, folder, outdir, signal);
  if (lastWritten(manifest) === before) {
    throw wrongApp("wrote no stacks", app, `a command that writes ${manifest}`);
  }
  return stacksOfManifest(manifest);
}

function noApp(got: string): UserError {
  return new UserError({
    where: "cdktf.json",
    wrong: 'has no "app" to synthesize the stacks with',
    got,
    allowed: "a JSON file with the command that writes the stacks",
    mend: "Run the command in the project's folder, or name synthesized stacks.",
  });
}

function wrongApp(wrong: string, app: string, allowed: string): UserError {
  const mend = 'Write "app": "node bin/synth.js", the command of this project.';
  return new UserError({ where: 'cdktf.json "app"', wrong, got: JSON.stringify(app), allowed, mend });
}

function lastWritten(file: string): bigint | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
}

/** What a shell ends with where it finds no such command, or may not run it. */
const NOT_RUN: readonly unknown[] = [126, 127];

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
    child.on("close", (code, killed) => {
      const ending = killed ?? `exit code ${String(code)}`;
      if (code === 0) resolve();
      else if (NOT_RUN.includes(code)) {
        reject(wrongApp(`can't be run (${said.trim()})`, app, "a command that this machine has"));
      } else if (said.trim() === "") {
        reject(wrongApp(`ended with ${ending} and said nothing`, app, "a command that writes the stacks"));
      } else reject(new SynthesisError(said.trim()));
    });
  });
}

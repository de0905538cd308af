import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PROJECT = resolve(__dirname, "..", "..");
const SYNTH = join(PROJECT, "bin", "synth.js");

export type StackName = "auth-stack" | "no-auth-stack";

/** The project's stacks, synthesized from other settings in a folder of their own. */
export class SynthesizedProject {
  private readonly folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));

  constructor(context: object, files: Readonly<Record<string, string>> = {}) {
    writeFileSync(join(this.folder, "cdktf.json"), JSON.stringify({ context }));
    cpSync(join(PROJECT, "lambda"), join(this.folder, "lambda"), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.folder, name), text);
    const { status, stderr } = spawnSync(process.execPath, [SYNTH], { cwd: this.folder, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }

  /** Folder of a stack's `cdk.tf.json`. */
  public stack(name: StackName): string {
    return join(this.folder, "cdktf.out", "stacks", name);
  }

  /** Changes a stack's JSON, as somebody would who adds resources by hand. */
  public edit(name: StackName, change: (document: never) => void): void {
    const file = join(this.stack(name), "cdk.tf.json");
    const document = JSON.parse(readFileSync(file, "utf8")) as never;
    change(document);
    writeFileSync(file, JSON.stringify(document));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

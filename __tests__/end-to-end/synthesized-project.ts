import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const SYNTH = resolve(__dirname, "..", "..", "bin", "synth.js");

/** The project's stacks, synthesized from other settings in a folder of their own. */
export class SynthesizedProject {
  private readonly folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));

  constructor(context: object) {
    writeFileSync(join(this.folder, "cdktf.json"), JSON.stringify({ context }));
    const { status, stderr } = spawnSync(process.execPath, [SYNTH], { cwd: this.folder, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }

  /** Folder of a stack's `cdk.tf.json`. */
  public stack(name: "auth-stack" | "no-auth-stack"): string {
    return join(this.folder, "cdktf.out", "stacks", name);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

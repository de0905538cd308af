import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { mistakeText } from "../errors/mistake";

/** The folder of a stack's Terraform: `stack` is its name, or the folder itself. */
export function stackFolder(stack: string, instead: string): string {
  const folder = path.join(process.env.CDKTF_OUTDIR ?? "cdktf.out", "stacks", stack);
  const place = existsSync(folder) ? folder : stack;
  if (existsSync(place)) return place;
  throw new Error(
    mistakeText({
      where: folder,
      wrong: "there is no such folder",
      allowed: "a stack that is synthesized and deployed",
      mend: `Run npm run synth in the project's folder${instead}.`,
    }),
  );
}

/** CDKTF names its Terraform by the same variable. */
export function terraformProgram(): string {
  return process.env.TERRAFORM_BINARY_NAME ?? "terraform";
}

/**
 * What Terraform prints as JSON about the state of the stack in a folder, which works with every backend.
 * @param instead what a reader can do where there is no Terraform, behind a comma
 */
export function terraformJson(folder: string, command: "output" | "show", instead: string): string {
  const terraform = terraformProgram();
  const { status, stdout, stderr, error } = spawnSync(terraform, [command, "-json", "-no-color"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) {
    const mistake = {
      where: terraform,
      wrong: "can't be run",
      got: error.message,
      allowed: "Terraform 1.5 or newer, or OpenTofu",
      mend: `Install it, or name another in TERRAFORM_BINARY_NAME${instead}.`,
    };
    throw new Error(mistakeText(mistake), { cause: error });
  }
  if (status === 0) return stdout;
  throw new Error(
    mistakeText({
      where: folder,
      wrong: "Terraform can't read the state",
      got: /Error: (.*)/.exec(stderr)?.[1] ?? stderr.trim(),
      allowed: "a stack that is initialized and deployed",
      mend: `Run terraform init there with the flags and the credentials of its deployment${instead}.`,
    }),
  );
}

/** Is it an object, in what Terraform prints as JSON or keeps as a state? */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

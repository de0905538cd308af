import { spawnSync } from "node:child_process";
import type { Backend } from "../constructs/state-backend";
import { mistakeText } from "../errors/mistake";

/** Node.js runs CDKTF's CLI or CDK Terrain's, with a command that goes on to `terraform init`; `cdktf synth` does not. */
const RUNS_TERRAFORM =
  /^\S*node\S*\s(?:-\S+\s)*\S*(cdkt[fn])(?:\.js)?\s(?:.*\s)?(apply|deploy|destroy|diff|output|plan|watch)(?:\s|$)/;

/**
 * Throws where CDKTF's CLI will run Terraform next on an `s3` backend of which nobody says the bucket: Terraform would ask for
 * it on a terminal that CDKTF does not hand on, and wait forever. Without CDKTF, Terraform asks or refuses by itself.
 */
export function refuseMissingBucket({ type, arguments: args }: Backend): void {
  if (type !== "s3" || args.bucket !== undefined || isGivenAtInit()) return;
  const [, cli, command] = callers().flatMap((caller) => RUNS_TERRAFORM.exec(caller) ?? []);
  if (cli === undefined || command === undefined) return;
  throw new Error(
    mistakeText({
      where: "cdktf.json backend.s3",
      wrong: `names no bucket in which ${cli} ${command} could find the states`,
      got: "none",
      allowed: "the bucket that npm run bootstrap makes and writes there",
      mend: 'Run npm run bootstrap, or, for a first try without one, write "backend": { "local": {} }.',
    }),
  );
}

/** @see https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_cli_args-and-tf_cli_args_name */
function isGivenAtInit(): boolean {
  const { TF_CLI_ARGS = "", TF_CLI_ARGS_init = "" } = process.env;
  return `${TF_CLI_ARGS} ${TF_CLI_ARGS_init}`.includes("-backend-config");
}

/** Command lines of the processes that called this one, the nearest first: CDKTF tells its app in no other way what it is up to. */
function callers(): string[] {
  const lines: string[] = [];
  // A shell or two, CDKTF, npx and its shell.
  for (let pid = process.ppid; pid > 1 && lines.length < 6;) {
    const { stdout } = spawnSync("ps", ["-o", "ppid=,args=", "-p", String(pid)], { encoding: "utf8" });
    const [, parent, args = ""] = /^\s*(\d+)\s+(.*)/.exec(stdout) ?? [];
    if (parent === undefined) break;
    lines.push(args);
    pid = Number(parent);
  }
  return lines;
}

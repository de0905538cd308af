import type { Backend } from "../constructs/state-backend";
import { mistakeText } from "../errors/mistake";
import { callingProcesses } from "./calling-processes";

const NODE = /(?:^|[\\/])node[^\\/]*$/;

/** CDKTF's CLI or CDK Terrain's, as Node.js is told to run it. */
const CLI = /[\\/](cdkt[fn])(?:\.js)?$/;

/** Those that go on to `terraform init`; `cdktf synth` does not. */
const RUNS_TERRAFORM = /^(?:apply|deploy|destroy|diff|output|plan|watch)$/;

/**
 * Throws where CDKTF's CLI will run Terraform next on an `s3` backend of which nobody says the bucket: Terraform would ask for
 * it on a terminal that CDKTF does not hand on, and wait forever. Without CDKTF, Terraform asks or refuses by itself.
 */
export function refuseMissingBucket({ type, arguments: args }: Backend): void {
  if (type !== "s3" || args.bucket !== undefined || isGivenAtInit()) return;
  // CDKTF tells its app in no other way what it is up to.
  const callers = callingProcesses();
  if (callers.length === 0) console.error(unknownCaller());
  const command = callers.map(terraformCommand).find((found) => found !== undefined);
  if (command === undefined) return;
  throw new Error(
    mistakeText({
      where: "cdktf.json backend.s3",
      wrong: `names no bucket in which ${command} could find the states`,
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

/** Such as `cdktf deploy`, where a command line is CDKTF's and runs Terraform. */
function terraformCommand(words: readonly string[]): string | undefined {
  const afterNode = words.slice(words.findIndex((word) => NODE.test(word)) + 1);
  const at = afterNode.findIndex((word) => CLI.test(word));
  const [, cli] = CLI.exec(afterNode[at] ?? "") ?? [];
  const command = afterNode.slice(at + 1).find((word) => RUNS_TERRAFORM.test(word));
  return cli === undefined || command === undefined ? undefined : `${cli} ${command}`;
}

function unknownCaller(): string {
  return mistakeText({
    where: "warning: cdktf.json backend.s3",
    wrong: "names no bucket, and whether CDKTF will ask for one can't be told here",
    got: "neither /proc nor ps",
    allowed: "cdktf synth works without one, and cdktf deploy would wait for its name forever",
    mend: "Run npm run bootstrap before cdktf deploy.",
  });
}

import { readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DeployWorkspace } from "./deploy-workspace";
import type { CommandResult } from "./run-command";

const PROJECT = resolve(__dirname, "..", "..", "..");

/** A fenced block of commands in docs/runbook.md, and the heading that it stands under. */
export interface RunbookBlock {
  readonly heading: string;
  readonly commands: string;
}

/** The blocks in the order of the page. */
export function runbookBlocks(): RunbookBlock[] {
  const page = readFileSync(join(PROJECT, "docs", "runbook.md"), "utf8");
  return page.split(/^#{1,2} /m).flatMap((section) => {
    const [heading = ""] = section.split("\n");
    return Array.from(section.matchAll(/^```sh\n(.*?)^```$/gms), ([, commands = ""]) => ({
      heading,
      commands,
    }));
  });
}

/** A shell in a workspace's project that remembers what was exported, as that of whoever reads the runbook does. */
export class RunbookShell {
  constructor(private readonly workspace: DeployWorkspace) {
    const { folder } = workspace.project;
    for (const tool of ["local", "orphans", "queue", "sizing", "smoke"]) {
      symlinkSync(join(PROJECT, tool), join(folder, tool));
    }
  }

  /** Runs a block; this AWS CLI's `aws sqs` does not read AWS_ENDPOINT_URL. */
  public run(commands: string): Promise<CommandResult> {
    const aws = `aws() { command aws --endpoint-url '${this.workspace.aws.endpoint}' "$@"; }`;
    const lines = ["touch runbook.env; . ./runbook.env", aws, commands, "export -p > runbook.env"];
    return this.workspace.shell(lines.join("\n"));
  }
}

import { join, resolve } from "node:path";
import { type EmulatedAws, startEmulatedAws } from "./emulated-aws";
import { type Context, ProjectCopy } from "./project-copy";
import { providerEnvironment } from "./provider-mirror";
import { type CommandResult, runCommand, type RunningCommand, startCommand } from "./run-command";
import { succeeded } from "./succeeded";
import { readSuiteEnvironment } from "./suite-environment";

const PROJECT = resolve(__dirname, "..", "..", "..");

/** A copy of the project and an AWS to deploy it to: what one test file works with. */
export class DeployWorkspace {
  public readonly project = new ProjectCopy();
  public readonly environment: NodeJS.ProcessEnv;

  private constructor(public readonly aws: EmulatedAws) {
    this.environment = {
      ...withoutCloudSettings(process.env),
      ...aws.environment,
      ...providerEnvironment(readSuiteEnvironment().folder),
      CDKTF_HOME: join(this.project.folder, ".cdktf"),
      CHECKPOINT_DISABLE: "1",
      // Terraform and its provider start often and live shortly: collecting their garbage is a fifth of what they compute.
      GOGC: "400",
      TF_IN_AUTOMATION: "1",
      TF_CLI_ARGS: "-no-color",
    };
  }

  /** Starts an AWS of its own, moto's unless `start` starts another. */
  public static async create(context: Context, start = startEmulatedAws): Promise<DeployWorkspace> {
    const workspace = new DeployWorkspace(await start());
    workspace.project.configure(context);
    return workspace;
  }

  /** Synthesizes as `npm run synth` does; throws if that fails. */
  public async synth(): Promise<void> {
    await succeeded(this.run("npm", ["run", "synth"]));
  }

  /** Makes the bucket for the states, as `npm run bootstrap` does, and tells how it ended. */
  public bootstrap(...args: string[]): Promise<CommandResult> {
    return this.run("npm", ["run", "--silent", "bootstrap", "--", ...args]);
  }

  /** Runs Terraform in the folder of a synthesized stack, and tells how it ended. */
  public terraform(stack: string, ...args: string[]): Promise<CommandResult> {
    return this.startTerraform(stack, ...args).result;
  }

  public startTerraform(stack: string, ...args: string[]): RunningCommand {
    return startCommand("terraform", args, { cwd: this.project.stackFolder(stack), env: this.environment });
  }

  /** Runs CDKTF's CLI in the project, and tells how it ended. */
  public cdktf(...args: string[]): Promise<CommandResult> {
    return this.run("npx", ["--no-install", "cdktf", ...args]);
  }

  /** Runs a command for deployed stacks, the project's own, in the copy's folder. */
  public tool(name: "queue" | "smoke" | "orphans", ...args: string[]): Promise<CommandResult> {
    const command = ["-r", join(PROJECT, "bin", "register.js"), join(PROJECT, name, "cli.ts"), ...args];
    return this.run(process.execPath, command);
  }

  /** Runs a line as a shell does, in the project; version 1 of the AWS CLI reads its Region from this variable only. */
  public shell(line: string): Promise<CommandResult> {
    const env = { ...this.environment, AWS_DEFAULT_REGION: this.environment.AWS_REGION };
    return runCommand("bash", ["-euo", "pipefail", "-c", line], { cwd: this.project.folder, env });
  }

  private run(file: string, args: readonly string[]): Promise<CommandResult> {
    return runCommand(file, args, { cwd: this.project.folder, env: this.environment });
  }

  public async close(): Promise<void> {
    await this.aws.stop();
    this.project.remove();
  }
}

/** The developer's own AWS account and Terraform settings must not reach the tests. */
function withoutCloudSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(AWS|TF)_/.test(name)));
}

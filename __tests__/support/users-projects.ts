import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { devDependencies, overrides } from "../../package.json";
import { type CommandResult, type RunningCommand, startCommand } from "./deploy/run-command";
import { succeeded } from "./deploy/succeeded";

const ROOT = resolve(__dirname, "..", "..");

/** What an app and suites need beside the package: in the clone's versions, but for what the clone lacks or has newer. */
const BESIDE = {
  "@cdktf/provider-aws": devDependencies["@cdktf/provider-aws"],
  cdktf: devDependencies.cdktf,
  constructs: devDependencies.constructs,
  jest: devDependencies.jest,
  "@types/jest": devDependencies["@types/jest"],
  "@types/node": devDependencies["@types/node"],
  vitest: devDependencies.vitest,
  vite: overrides.vite,
  "ts-jest": "29.4.15",
  typescript: "5.9.3",
};

/** Why npm can install nothing here; undefined where it can. */
export function registryProblem(): string | undefined {
  const { status, stderr } = spawnSync("npm", ["ping"], { encoding: "utf8" });
  if (status === 0) return undefined;
  return `the npm registry can't be reached: ${stderr.trim().split("\n").at(-1) ?? ""}`;
}

/** Projects of users who install the packed package from its tarball, and all else from the npm registry. */
export class UsersProjects {
  private readonly folder = mkdtempSync(join(tmpdir(), "queue-leveling-package-"));
  /** Has the package alone. */
  public readonly bare = join(this.folder, "bare");
  /** Has what its app and its suites need. */
  public readonly full = join(this.folder, "full");

  private constructor() {
    cpSync(join(ROOT, "__tests__", "package", "project"), this.full, { recursive: true });
    cpSync(join(ROOT, "__tests__", "package", "bare"), this.bare, { recursive: true });
  }

  public static async install(): Promise<UsersProjects> {
    const projects = new UsersProjects();
    const { folder, bare, full } = projects;
    await succeeded(projects.start(ROOT, "npm", "pack", "--pack-destination", folder).result);
    const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
    await projects.npmInstall(bare, { "queue-leveling": tarball });
    await projects.npmInstall(full, { "queue-leveling": tarball, ...BESIDE });
    return projects;
  }

  /** Runs a command that must succeed, in a folder of `full`. */
  public inFull(name: string, file: string, ...args: string[]): Promise<CommandResult> {
    return succeeded(this.start(join(this.full, name), file, ...args).result);
  }

  public start(cwd: string, file: string, ...args: string[]): RunningCommand {
    // What npm tells this suite's own process would make the commands another script's.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
    return startCommand(file, args, { cwd, env });
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async npmInstall(cwd: string, dependencies: Readonly<Record<string, string>>): Promise<void> {
    writeFileSync(join(cwd, "package.json"), JSON.stringify({ private: true, dependencies }));
    const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
    await succeeded(this.start(cwd, "npm", "install", ...flags).result);
  }
}

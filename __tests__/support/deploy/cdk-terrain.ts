import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { DeployWorkspace } from "./deploy-workspace";
import { runCommand } from "./run-command";
import { succeeded } from "./succeeded";

const PROJECT = resolve(__dirname, "..", "..", "..");
const PAGE = join(PROJECT, "docs", "leaving-cdktf.md");

const QUIET_NPM = {
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_ignore_scripts: "true",
};

/** Moves a workspace's project from CDKTF to CDK Terrain by the commands that the page tells its readers. */
export async function moveToCdkTerrain({ project, environment }: DeployWorkspace): Promise<void> {
  const { folder } = project;
  for (const file of ["package-lock.json", "tsconfig.json"]) cpSync(join(PROJECT, file), join(folder, file));
  // Links to the project's own packages: npm must not find them.
  rmSync(join(folder, "node_modules"), { recursive: true });
  const env = { ...environment, ...QUIET_NPM };
  const run = (command: string) =>
    succeeded(runCommand("bash", ["-euo", "pipefail", "-c", command], { cwd: folder, env }));
  // The versions are chosen among all packages, but only what synthesizes is installed.
  await run(`export npm_config_package_lock_only=true\n${documentedCommands()}`);
  await run("npm ci --omit=dev");
  linkTools(join(folder, "node_modules"));
}

function documentedCommands(): string {
  const [, commands] = /^## CDK Terrain\n[^]*?^```sh\n([^]*?)^```$/m.exec(readFileSync(PAGE, "utf8")) ?? [];
  if (commands === undefined) throw new Error(`${PAGE}: has no commands for CDK Terrain`);
  return commands;
}

/** Links what the type checker needs and was not installed; nothing of CDKTF's. */
function linkTools(nodeModules: string): void {
  const { devDependencies } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  for (const name of Object.keys(devDependencies)) {
    const link = join(nodeModules, name);
    if (/^@?cdktf\b/.test(name) || existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(PROJECT, "node_modules", name), link);
  }
}

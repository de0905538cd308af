import { spawnSync } from "node:child_process";
import { postgresqlProgram } from "./postgresql-program";
import { missingLocalStack } from "./localstack-server";
import { fetchProvider } from "./provider-mirror";

/** What some test files need beside Node.js. */
export type Prerequisite = "terraform" | "moto" | "localstack" | "postgresql" | "npm";

/** For each prerequisite that this machine lacks, why. */
export type MissingPrerequisites = Partial<Record<Prerequisite, string>>;

/** Looks for what the deploy tests need; `folder` gets the AWS provider. */
export function findMissingPrerequisites(folder: string): MissingPrerequisites {
  const reasons: Record<Prerequisite, string | undefined> = {
    terraform: missingTerraform() ?? missingProvider(folder),
    moto: missingMoto(),
    localstack: missingLocalStack(),
    postgresql:
      postgresqlProgram("initdb") === undefined ? "PostgreSQL's initdb is not installed" : undefined,
    npm: missingRegistry(),
  };
  return Object.fromEntries(Object.entries(reasons).filter(([, reason]) => reason !== undefined));
}

function missingTerraform(): string | undefined {
  return succeeds("terraform", ["-version"]) ? undefined : "terraform is not on the PATH";
}

function missingMoto(): string | undefined {
  return succeeds("python3", ["-c", "import moto.server"])
    ? undefined
    : "python3 has no moto: pip install 'moto[server]==5.2.1'";
}

function missingRegistry(): string | undefined {
  return succeeds("npm", ["ping", "--fetch-retries=0", "--fetch-timeout=10000"])
    ? undefined
    : "the npm registry can't be reached";
}

function missingProvider(folder: string): string | undefined {
  const failure = fetchProvider(folder);
  if (failure === undefined) return undefined;
  console.error(failure);
  return "terraform init can't get the AWS provider: set TF_PLUGIN_MIRROR to a filesystem mirror";
}

function succeeds(file: string, args: readonly string[]): boolean {
  return spawnSync(file, args, { stdio: "ignore" }).status === 0;
}

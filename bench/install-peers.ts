import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** The peers' own project. */
export const peersFolder = path.join(__dirname, "serverless-offline");

/**
 * Installs serverless-offline into its own folder, from a lock file of its own: the project does not depend on it.
 * @throws Error that says why it can't be.
 */
export function installPeers(): void {
  if (existsSync(path.join(peersFolder, "node_modules", "serverless-offline"))) return;
  process.stderr.write("Installing serverless-offline into bench/serverless-offline (about 280 MB)\n");
  const { status, stderr, error } = spawnSync(
    "npm",
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: peersFolder,
      encoding: "utf8",
    },
  );
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim();
  throw new Error(
    `serverless-offline can't be installed into bench/serverless-offline:\n${reason}\nWithout --peers the rest is measured.`,
  );
}

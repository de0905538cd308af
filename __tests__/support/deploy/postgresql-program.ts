import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Path of one of PostgreSQL's server programs, which Debian keeps off the PATH; undefined if it is not installed. */
export function postgresqlProgram(name: string): string | undefined {
  const onPath = (process.env.PATH ?? "").split(delimiter);
  return [...onPath, ...debianFolders()].map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function debianFolders(): string[] {
  const root = "/usr/lib/postgresql";
  return existsSync(root) ? readdirSync(root).map((version) => join(root, version, "bin")) : [];
}

import { existsSync } from "node:fs";
import path from "node:path";
import { readJsonFile } from "../../errors/read-json-file";

/** What matters here of a project's `cdktf.json`. */
export interface ProjectFile {
  readonly app?: unknown;
  readonly output?: unknown;
}

/**
 * Reads the `cdktf.json` in `folder`.
 * @returns undefined where there is none
 * @throws FileError
 */
export function readProject(folder: string): ProjectFile | undefined {
  const file = path.relative(process.cwd(), path.join(folder, "cdktf.json"));
  return existsSync(file) ? (readJsonFile(file) ?? {}) : undefined;
}

/** Where CDKTF writes the stacks of the project in `folder`. */
export function outputFolder(folder: string, { output = "cdktf.out" }: ProjectFile = {}): string {
  return path.resolve(folder, process.env.CDKTF_OUTDIR ?? String(output));
}

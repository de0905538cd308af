import { readFileSync } from "node:fs";
import { isGroup } from "./group";

const FILE = "cdktf.json";

/**
 * The `context` of `cdktf.json` in the working directory. The file itself is read, since CDKTF's CLI hands the context on
 * only when it runs the app. Throws where there is none to read.
 */
export function readContext(): Record<string, unknown> {
  const project = readProject();
  if (!isGroup(project)) throw unreadable(`got ${JSON.stringify(project)}`);
  const { context = {} } = project;
  if (!isGroup(context)) throw unreadable(`got ${JSON.stringify(context)} as "context"`);
  return context;
}

function readProject(): unknown {
  try {
    return JSON.parse(readFileSync(FILE, "utf8"));
  } catch (error) {
    throw unreadable(`got ${String(error)}`);
  }
}

function unreadable(got: string): Error {
  return new Error(
    `${FILE}: can't be read, ${got}; a JSON object whose "context" is an object with the settings. Mend the file, or run the command in the project's folder.`,
  );
}

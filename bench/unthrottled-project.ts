import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const PROJECT = path.join(__dirname, "..");

/** What of cdktf.json counts here. */
interface ProjectFile {
  readonly context: Readonly<Record<string, object | undefined>>;
}

/**
 * Writes the project's cdktf.json into `folder`, with an open stack that takes as much as a load generator sends: what is
 * measured is the gateway, and not the throttle that the stack has by default.
 */
export function writeUnthrottledProject(folder: string): void {
  const project = JSON.parse(readFileSync(path.join(PROJECT, "cdktf.json"), "utf8")) as ProjectFile;
  const app = `node ${JSON.stringify(path.join(PROJECT, "bin", "synth.js"))}`;
  const open = { ...project.context["no-auth-stack"], throttling_rate_limit: -1 };
  const unthrottled = { ...project, app, context: { ...project.context, "no-auth-stack": open } };
  writeFileSync(path.join(folder, "cdktf.json"), JSON.stringify(unthrottled));
}

import { homedir } from "node:os";
import { posix, resolve } from "node:path";
import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { TEXT, taking } from "./parameters";

/** Functions over paths of files, which need not be there; relative ones start at `root`. */
export function pathFunctions(root: string): Readonly<Record<string, TerraformFunction>> {
  return {
    abspath: taking([TEXT], (path) => resolve(root, path)),
    basename: taking([TEXT], (path) => (/^\/+$/.test(path) ? "/" : posix.basename(path) || ".")),
    dirname: taking([TEXT], (path) => clean(path.slice(0, path.lastIndexOf("/") + 1))),
    pathexpand: taking([TEXT], expandHome),
  };
}

/** `~` in front stands for the user's own folder. */
export function expandHome(path: string): string {
  if (!path.startsWith("~")) return path;
  if (path !== "~" && !path.startsWith("~/")) {
    throw new ExpressionError(`the folder of another user, ${JSON.stringify(path)}, is not known`);
  }
  return posix.join(homedir(), path.slice(1));
}

function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 ? normal.replace(/\/$/, "") : normal;
}

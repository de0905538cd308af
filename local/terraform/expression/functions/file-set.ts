import { join, relative } from "node:path";
import { RE2JS } from "re2js";
import { ExpressionError } from "../expression-error";
import { ValueBudget, compareBytes } from "../value";
import type { ReadableFiles } from "./readable-files";

/**
 * Terraform's `fileset`: the files below a folder whose paths match a pattern with `*`, `?`, `[a-z]`, `{a,b}` and `**`, which
 * stands for any number of folders.
 * @see https://developer.hashicorp.com/terraform/language/functions/fileset
 */
export function fileSet(files: ReadableFiles, folder: string, pattern: string): string[] {
  const base = files.resolve(folder);
  const parts = join(base, pattern).split("/");
  const from = parts.findIndex((part) => SPECIAL.test(part));
  if (from === -1) return onlyFile(files, base, join(base, pattern));
  const start = parts.slice(0, from).join("/") || "/";
  const found = new Set<string>();
  walk(files, start, parts.slice(from), { found, budget: new ValueBudget() });
  return Array.from(found, (path) => relative(base, path)).sort(compareBytes);
}

function onlyFile(files: ReadableFiles, base: string, path: string): string[] {
  return files.isFile(path) ? [relative(base, path)] : [];
}

const SPECIAL = /[*?[{\\]/;

interface Walk {
  readonly found: Set<string>;
  readonly budget: ValueBudget;
}

/** Folders behind symbolic links are not gone into. */
function walk(files: ReadableFiles, folder: string, [part = "", ...rest]: readonly string[], on: Walk): void {
  const isDeep = part === "**";
  if (isDeep && rest.length > 0) walk(files, folder, rest, on);
  const matches = isDeep ? () => true : matcherOf(part);
  for (const entry of files.list(folder)) {
    on.budget.spend();
    if (!matches(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (isDeep) walk(files, path, [part, ...rest], on);
      else if (rest.length > 0) walk(files, path, rest, on);
    } else if (rest.length === 0 && files.isFile(path)) {
      on.found.add(path);
    }
  }
}

/** By RE2, as all patterns of a stack: no pattern takes more time than the name is long. */
function matcherOf(pattern: string): (name: string) => boolean {
  try {
    const compiled = RE2JS.compile(expressionOf(pattern), RE2JS.DOTALL);
    return (name) => compiled.matches(name);
  } catch {
    throw new ExpressionError(`${JSON.stringify(pattern)} is no pattern for names of files`);
  }
}

function expressionOf(pattern: string): string {
  let depth = 0;
  return pattern.replace(/\\(.)|\[\^?(?:\\.|[^\]\\])+\]|[\s\S]/g, (whole: string, escaped?: string) => {
    if (escaped !== undefined) return RE2JS.quote(escaped);
    if (whole === "*") return ".*";
    if (whole === "?") return ".";
    if (whole.length > 1) return whole;
    if (whole === "{") depth += 1;
    if (whole === "{") return "(?:";
    if (depth > 0 && whole === ",") return "|";
    if (depth === 0 || whole !== "}") return RE2JS.quote(whole);
    depth -= 1;
    return ")";
  });
}

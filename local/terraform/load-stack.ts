import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { FileError, readJsonFile } from "../../errors/read-json-file";
import type { ModuleDocument } from "./configuration/module-blocks";
import { isObject } from "./expression/value";
import { StackError } from "./stack-error";
import { messageOf } from "../../errors/mistake";

/** The files of a stack, not yet understood. */
export interface LoadedStack {
  readonly name: string;
  /** Where relative paths of the stack start. */
  readonly folder: string;
  readonly documents: readonly ModuleDocument[];
}

/** Reads a file, or all `*.tf.json` files of a folder. */
export function loadStack(path: string): LoadedStack {
  const full = resolve(path);
  return isFolder(full, path) ? loadFolder(full) : loadFile(full);
}

function isFolder(full: string, path: string): boolean {
  return reading(path, () => statSync(full).isDirectory());
}

/** What the system says of a path that can't be read, told with the path. */
function reading<Content>(path: string, read: () => Content): Content {
  try {
    return read();
  } catch (error) {
    const message = messageOf(error);
    const isMissing = /\bENO(?:ENT|TDIR):/.test(message);
    throw new StackError({
      address: path,
      wrong: isMissing ? "there is no such file or folder" : `can't be read (${message})`,
      mend: isMissing
        ? "Synthesize the stack first, or correct the path"
        : "Give a file or folder that you may read",
    });
  }
}

function loadFile(full: string): LoadedStack {
  const folder = dirname(full);
  const file = basename(full);
  const name = file.endsWith(".tf.json") ? basename(folder) : basename(file, ".json");
  return { name, folder, documents: [readDocument(folder, file)] };
}

function loadFolder(folder: string): LoadedStack {
  const files = reading(folder, () => readdirSync(folder)).sort();
  const readable = files.filter((file) => file.endsWith(".tf.json"));
  const other = files.find((file) => file.endsWith(".tf"));
  if (other !== undefined || readable.length === 0) {
    throw new StackError({
      address: join(folder, other ?? ""),
      wrong: other === undefined ? "holds no *.tf.json file" : "is not in Terraform's JSON syntax",
      allowed: "*.tf.json files are read",
      mend: "Apply the stack and give the output of `terraform show -json` instead",
    });
  }
  return { name: basename(folder), folder, documents: readable.map((file) => readDocument(folder, file)) };
}

function readDocument(folder: string, file: string): ModuleDocument {
  const address = join(folder, file);
  const content = readStackFile(address);
  if (isObject(content)) return { file, content };
  throw new StackError({ address, wrong: "is not a JSON object" });
}

/** Reads a JSON file of a stack. Throws `StackError` with the file, and the line and column of the first mistake. */
export function readStackFile(file: string): unknown {
  try {
    return readJsonFile(file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new StackError({ address: error.place, wrong: error.reason });
  }
}

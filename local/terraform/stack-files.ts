import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../errors/mistake";
import { FileError, readJsonFile } from "../../errors/read-json-file";
import type { ModuleDocument } from "./configuration/module-blocks";
import { type ObjectValue, isObject } from "./expression/value";
import type * as Hcl from "./hcl/parse-hcl";
import { StackError } from "./stack-error";

/** Whether a path is that of a folder. Throws `StackError` where there is nothing, or nothing that may be read. */
export function isFolder(path: string): boolean {
  const mend = "Synthesize the stack first, or correct the path";
  return reading(path, () => statSync(path).isDirectory(), mend);
}

/** The files of a module, sorted: Terraform passes over hidden files and those of editors. */
export function moduleFiles(folder: string): readonly string[] {
  return reading(folder, () => readdirSync(folder))
    .filter((file) => /^(?!\.)(?!#.*#$).*\.tf(?:\.json)?$/.test(file))
    .sort();
}

/** Reads a file of a module. Throws `StackError` with the place of a mistake. */
export async function readDocument(folder: string, file: string): Promise<ModuleDocument> {
  const path = join(folder, file);
  return { file, content: file.endsWith(".tf") ? await readHclFile(path) : readObjectFile(path) };
}

/** Reads a file in HCL as Terraform JSON; the parser is loaded with the first one, since it takes a tenth of the time to start. Throws `StackError` with the place of a mistake. */
export function readHclFile(path: string): Promise<ObjectValue> {
  const text = reading(path, () => readFileSync(path, "utf8"));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { parseHcl } = require("./hcl/parse-hcl") as typeof Hcl;
  return parseHcl(path, text);
}

/** Is a file an archive, as a plan file is? */
export function isZipFile(path: string): boolean {
  return reading(path, () => readFileSync(path).toString("latin1", 0, 4)) === "PK\x03\x04";
}

/** Reads a JSON file of a stack. Throws `StackError` with the file, and the line and column of the first mistake. */
export function readObjectFile(path: string): ObjectValue {
  const content = readStackFile(path);
  if (isObject(content)) return content;
  throw new StackError({ address: path, wrong: "is not a JSON object" });
}

function readStackFile(path: string): unknown {
  try {
    return readJsonFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new StackError({ address: error.place, wrong: error.reason });
  }
}

/** What the system says of a path that can't be read, told with the path. */
function reading<Content>(path: string, read: () => Content, whereMissing = "Correct the path"): Content {
  try {
    return read();
  } catch (error) {
    const message = messageOf(error);
    const isMissing = /\bENO(?:ENT|TDIR):/.test(message);
    throw new StackError({
      address: path,
      wrong: isMissing ? "there is no such file or folder" : `can't be read (${message})`,
      mend: isMissing ? whereMissing : "Give a file or folder that you may read",
    });
  }
}

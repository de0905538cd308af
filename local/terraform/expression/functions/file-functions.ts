import { isUtf8 } from "node:buffer";
import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { fileSet } from "./file-set";
import { HASHES } from "./hashes";
import { TEXT, taking } from "./parameters";
import type { ReadableFiles } from "./readable-files";

/** Functions that read files. @see https://developer.hashicorp.com/terraform/language/functions/file */
export function fileFunctions(files: ReadableFiles): Readonly<Record<string, TerraformFunction>> {
  return {
    file: taking([TEXT], (path) => readText(files, path)),
    filebase64: taking([TEXT], (path) => files.read(path).toString("base64")),
    fileexists: taking([TEXT], (path) => files.exists(path)),
    fileset: taking([TEXT, TEXT], (path, pattern) => fileSet(files, path, pattern)),
    ...Object.fromEntries(
      Object.entries(HASHES).map(([name, hash]) => [
        `file${name}`,
        taking([TEXT], (path) => hash(files.read(path))),
      ]),
    ),
  };
}

/** Throws `ExpressionError` for a file that is not text. */
export function readText(files: ReadableFiles, path: string): string {
  const bytes = files.read(path);
  if (isUtf8(bytes)) return bytes.toString("utf8");
  throw new ExpressionError(`${path} is not UTF-8; filebase64() reads any bytes`);
}

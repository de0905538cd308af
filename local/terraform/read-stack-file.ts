import { FileError, readJsonFile } from "../../errors/read-json-file";
import { StackError } from "./stack-error";

/** Reads a JSON file of a stack. Throws `StackError` with the file, and the line and column of the first mistake. */
export function readStackFile(file: string): unknown {
  try {
    return readJsonFile(file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new StackError({ address: error.place, wrong: error.reason });
  }
}

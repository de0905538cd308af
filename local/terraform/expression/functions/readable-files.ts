import { type Dirent, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { messageOf } from "../../../../errors/mistake";
import { ExpressionError } from "../expression-error";
import { expandHome } from "./path-functions";

/** The files that a stack may read: it may come from a stranger, and what it reads reaches messages. */
export class ReadableFiles {
  /**
   * @param root where relative paths start, as where Terraform runs
   * @param folders what is in these may be read; a symbolic link out of them may not
   */
  constructor(
    private readonly root: string,
    private readonly folders: readonly string[],
  ) {}

  /** Throws `ExpressionError` for what can't or must not be read. */
  public read(path: string): Buffer {
    const full = this.resolve(path);
    try {
      return readFileSync(this.real(full, path));
    } catch (error) {
      throw asExpressionError(error, `${path} can't be read`);
    }
  }

  /** Throws `ExpressionError` for what is there and is no file. */
  public exists(path: string): boolean {
    const kind = this.kindOf(path);
    if (kind === "other") throw new ExpressionError(`${path} is there, but is no file`);
    return kind === "file";
  }

  public isFile(path: string): boolean {
    return this.kindOf(path) === "file";
  }

  /** Names in a folder, in order; none where there is no folder. */
  public list(folder: string): Dirent[] {
    this.resolve(folder);
    try {
      return readdirSync(this.real(folder, folder), { withFileTypes: true });
    } catch (error) {
      if (isMissing(error)) return [];
      throw asExpressionError(error, `${folder} can't be read`);
    }
  }

  /** The absolute path; throws `ExpressionError` for one outside. */
  public resolve(path: string): string {
    const full = resolve(this.root, expandHome(path));
    if (this.folders.some((folder) => isWithin(folder, full))) return full;
    throw outside(path);
  }

  private kindOf(path: string): "file" | "other" | "none" {
    const full = this.resolve(path);
    try {
      return statSync(this.real(full, path)).isFile() ? "file" : "other";
    } catch (error) {
      if (isMissing(error)) return "none";
      throw asExpressionError(error, `${path} can't be read`);
    }
  }

  private real(full: string, path: string): string {
    const real = realpathSync(full);
    if (this.folders.some((folder) => isWithin(realpathSync(folder), real))) return real;
    throw outside(path);
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith("../") && !isAbsolute(way);
}

function outside(path: string): ExpressionError {
  return new ExpressionError(`${path} is outside the stack's folder`);
}

function isMissing(error: unknown): boolean {
  // No `instanceof Error`: within a virtual machine's context, those of Node.js's modules are of another one.
  if (typeof error !== "object" || error === null || !("code" in error)) return false;
  return error.code === "ENOENT";
}

function asExpressionError(error: unknown, wrong: string): ExpressionError {
  if (error instanceof ExpressionError) return error;
  return new ExpressionError(`${wrong}${isMissing(error) ? "" : `: ${messageOf(error)}`}`);
}

import { readFileSync, realpathSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { evaluate } from "../evaluate";
import { ExpressionError } from "../expression-error";
import { parseTemplate } from "../parse";
import type { Scope } from "../expression";
import type { TerraformFunction } from "../expression";
import { type ObjectValue, toObject, toText } from "../value";

const NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** Functions that read files; only files within the module's folder are read. */
export function fileFunctions(
  folder: string,
  functions: ReadonlyMap<string, TerraformFunction>,
): Readonly<Record<string, TerraformFunction>> {
  const read = (path: unknown): Buffer => readWithin(folder, toText(path));
  return {
    file: (path) => read(path).toString("utf8"),
    filebase64: (path) => read(path).toString("base64"),
    templatefile: (path, values) => renderTemplate(read(path).toString("utf8"), toObject(values), functions),
  };
}

/** A template with these names in it, and no others. */
export function renderTemplate(
  template: string,
  values: ObjectValue,
  functions: ReadonlyMap<string, TerraformFunction>,
): unknown {
  return evaluate(parseTemplate(template), templateScope(values, functions));
}

function readWithin(folder: string, path: string): Buffer {
  const full = resolve(folder, path);
  if (!isWithin(folder, full)) throw new ExpressionError(`${path} is outside the stack's folder`);
  try {
    const real = realpathSync(full);
    if (isWithin(realpathSync(folder), real)) return readFileSync(real);
  } catch {
    throw new ExpressionError(`${path} can't be read`);
  }
  throw new ExpressionError(`${path} is outside the stack's folder`);
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith("../") && !isAbsolute(way);
}

function templateScope(values: ObjectValue, functions: ReadonlyMap<string, TerraformFunction>): Scope {
  const wrong = Object.keys(values).find((name) => !NAME.test(name));
  if (wrong !== undefined) throw new ExpressionError(`${JSON.stringify(wrong)} is no name`);
  return {
    functions,
    resolve([name = ""]) {
      if (Object.hasOwn(values, name)) return { value: values[name], used: 1 };
      throw new ExpressionError(`the template was given no ${name}`);
    },
  };
}

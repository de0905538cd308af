import { evaluate } from "../evaluate";
import type { Scope, TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { parseTemplate } from "../parse";
import { type ObjectValue, toText } from "../value";
import { readText } from "./file-functions";
import { OBJECT, TEXT, taking } from "./parameters";
import type { ReadableFiles } from "./readable-files";

const NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** Functions that render templates, in which `functions` can be called. */
export function templateFunctions(
  files: ReadableFiles,
  functions: ReadonlyMap<string, TerraformFunction>,
): Readonly<Record<string, TerraformFunction>> {
  const inFiles = without(functions, TEMPLATES, (name) => `${name} can't be called within a template`);
  const inTexts = without(inFiles, READS_FILES, (name) => `${name} can't be called by templatestring()`);
  return {
    templatefile: taking([TEXT, OBJECT], (path, values) =>
      renderTemplate(readText(files, path), values, inFiles),
    ),
    templatestring: taking([TEXT, OBJECT], (text, values) => toText(renderTemplate(text, values, inTexts))),
  };
}

/** Terraform refuses these within templates: a file might render itself. */
const TEMPLATES = /^template(?:file|string)$/;
const READS_FILES = /^file/;

function without(
  functions: ReadonlyMap<string, TerraformFunction>,
  refused: RegExp,
  message: (name: string) => string,
): ReadonlyMap<string, TerraformFunction> {
  const named = [...functions.keys(), "templatefile", "templatestring"].filter((name) => refused.test(name));
  const refusals = named.map((name): [string, TerraformFunction] => [
    name,
    () => {
      throw new ExpressionError(message(name));
    },
  ]);
  return new Map([...functions, ...refusals]);
}

/** A template with these names in it, and no others. */
export function renderTemplate(
  text: string,
  values: ObjectValue,
  functions: ReadonlyMap<string, TerraformFunction>,
): unknown {
  const wrong = Object.keys(values).find((name) => !NAME.test(name));
  if (wrong !== undefined) throw new ExpressionError(`${JSON.stringify(wrong)} is no name`);
  const scope: Scope = {
    functions,
    resolve([name = ""]) {
      if (Object.hasOwn(values, name)) return { value: values[name], used: 1 };
      throw new ExpressionError(`the template was given no ${name}`);
    },
  };
  return evaluate(parseTemplate(text), scope);
}

import { evaluate } from "../expression/evaluate";
import { NO_NAMES } from "../expression/expression";
import { ExpressionError } from "../expression/expression-error";
import { parseExpression } from "../expression/parse";
import { type ObjectValue, toBoolean, toNumber, toText } from "../expression/value";
import { StackError } from "../stack-error";

/** Values of variables by name, where a later one counts; a `RawVariable` is not yet of its type. */
export type VariableValues = readonly (readonly [name: string, value: unknown])[];

/**
 * Values of variables by Terraform's precedence: environment, then the stack's own files, then the command line.
 * @see https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export function givenVariables(
  environment: Readonly<Record<string, string | undefined>>,
  files: VariableValues,
  commandLine: VariableValues,
): ReadonlyMap<string, unknown> {
  const ofEnvironment = Object.entries(environment)
    .filter(([name]) => name.startsWith("TF_VAR_"))
    .map(([name, text]) => [name.slice("TF_VAR_".length), text] as const);
  return new Map([...rawVariables(ofEnvironment), ...files, ...commandLine]);
}

/** Texts whose types are not known yet. */
export function rawVariables(entries: readonly (readonly [string, string | undefined])[]): VariableValues {
  return entries.flatMap(([name, text]) => (text === undefined ? [] : [[name, new RawVariable(text)]]));
}

/** A value from the command line or the environment, where all is text until the variable's type is known. */
export class RawVariable {
  constructor(public readonly text: string) {}
}

/** Value of a variable: the given one, or else its default, converted to its type. `validation` is not looked at. */
export function variableValue(address: string, declaration: ObjectValue, given: unknown): unknown {
  const type = typeof declaration.type === "string" ? declaration.type : undefined;
  const value = given ?? declaration.default;
  if (value === undefined) throw noValue(address);
  try {
    return value instanceof RawVariable ? convertRaw(value.text, type) : convert(value, type);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const got = value instanceof RawVariable ? value.text : value;
    throw new StackError({ address, wrong: error.message, got, allowed: `its type is ${type ?? "any"}` });
  }
}

/** As Terraform: primitive and untyped variables take the text as it is, others read it as an expression. */
function convertRaw(text: string, type: string | undefined): unknown {
  if (type === undefined || !/[({]|^any$/.test(type)) return convert(text, type);
  return convert(evaluate(parseExpression(text), NO_NAMES), type);
}

function convert(value: unknown, type: string | undefined): unknown {
  if (value === null) return null;
  if (type === "string") return toText(value);
  if (type === "number") return toNumber(value);
  return type === "bool" ? toBoolean(value) : value;
}

function noValue(address: string): StackError {
  const [, module, name = ""] = /^(?:(.+)\.)?var\.(.+)$/.exec(address) ?? [];
  return new StackError({
    address,
    wrong: "has no value",
    allowed: "it has no default",
    mend: module === undefined ? `Set TF_VAR_${name} to it` : `Write ${name} = … in ${module}`,
  });
}

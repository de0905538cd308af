import { evaluate } from "../expression/evaluate";
import { NO_NAMES } from "../expression/expression";
import { ExpressionError } from "../expression/expression-error";
import { parseExpression } from "../expression/parse";
import type { ObjectValue } from "../expression/value";
import { StackError } from "../stack-error";
import { type VariableType, convertTo, parseType } from "./variable-type";

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

/**
 * Value of a variable: the given one, or else its default, converted to its type. A null is a value, too, unless the variable
 * is not `nullable`. `validation` is not looked at.
 */
export function variableValue(address: string, declaration: ObjectValue, given: unknown): unknown {
  const written = typeof declaration.type === "string" ? declaration.type : undefined;
  try {
    const type = written === undefined ? undefined : parseType(written);
    const value = given === undefined ? undefined : convert(given, type);
    const isMissing = value === undefined || (value === null && declaration.nullable === false);
    if (isMissing && declaration.default === undefined) throw noValue(address);
    return isMissing ? convert(declaration.default, type) : value;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const value = given ?? declaration.default;
    const got = value instanceof RawVariable ? value.text : value;
    throw new StackError({ address, wrong: error.message, got, allowed: `its type is ${written ?? "any"}` });
  }
}

/** As Terraform: primitive and untyped variables take a text as it is, others read it as an expression. */
function convert(value: unknown, type: VariableType | undefined): unknown {
  if (!(value instanceof RawVariable)) return convertTo(type ?? { kind: "any" }, value);
  if (type === undefined) return value.text;
  const isPrimitive = type.kind === "string" || type.kind === "number" || type.kind === "bool";
  return convertTo(type, isPrimitive ? value.text : evaluate(parseExpression(value.text), NO_NAMES));
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

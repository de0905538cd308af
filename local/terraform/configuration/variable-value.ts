import { evaluate } from "../expression/evaluate";
import { ExpressionError } from "../expression/expression-error";
import { parseExpression } from "../expression/parse";
import type { Scope } from "../expression/scope";
import { type ObjectValue, toBoolean, toNumber, toText } from "../expression/value";
import { StackError } from "../stack-error";

/** A value from the command line or the environment, where all is text until the variable's type is known. */
export class RawVariable {
  public readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
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
  switch (type) {
    case "string":
      return toText(value);
    case "number":
      return toNumber(value);
    case "bool":
      return toBoolean(value);
    default:
      return value;
  }
}

const NO_NAMES: Scope = {
  functions: new Map(),
  resolve(names) {
    throw new ExpressionError(`${names.join(".")} can't be used in a variable's value`);
  },
};

function noValue(address: string): StackError {
  const name = address.slice("var.".length);
  return new StackError({
    address,
    wrong: "has no value",
    allowed: "it has no default",
    mend: `Give it by --var ${name}=… or TF_VAR_${name}`,
  });
}

import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { toBoolean, toList, toNumber, toObject, toText } from "../value";
import { ofOneType } from "./one-type";
import { NULLABLE, isPresent, taking } from "./parameters";
import { toSet } from "./sets";

/** Conversions between types; null stays null. @see https://developer.hashicorp.com/terraform/language/functions/tostring */
export const CONVERSION_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  ephemeralasnull: taking([NULLABLE], () => refuseMark("ephemeral")),
  issensitive: taking([NULLABLE], () => refuseMark("sensitive")),
  nonsensitive: taking([NULLABLE], (value) => value),
  sensitive: taking([NULLABLE], (value) => value),
  tobool: converting(toBoolean),
  tolist: converting((value) => ofOneType(toList(value))),
  tomap: converting((value) => {
    const entries = Object.entries(toObject(value));
    const values = ofOneType(entries.map(([, item]) => item));
    return Object.fromEntries(entries.map(([key], index) => [key, values[index]]));
  }),
  tonumber: converting(toNumber),
  toset: converting((value) => toSet(toList(value))),
  tostring: converting(toText),
};

function converting(convert: (value: unknown) => unknown): TerraformFunction {
  return taking([NULLABLE], (value) => (isPresent(value) ? convert(value) : null));
}

function refuseMark(mark: string): never {
  throw new ExpressionError(`it is not supported: the local gateway does not keep which values are ${mark}`);
}

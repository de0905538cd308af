import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { toBoolean, toList, toNumber, toObject, toText, toWhole } from "../value";

/** How a function of Terraform's takes one of its arguments. */
export interface Parameter<Value> {
  /** Converts as Terraform does; throws `ExpressionError` for what can't be converted. */
  readonly read: (value: unknown) => Value;
  /** Null is an argument like others; otherwise it is refused. */
  readonly nullable?: boolean;
}

export const TEXT: Parameter<string> = { read: toText };
export const NUMBER: Parameter<number> = { read: toNumber };
export const WHOLE: Parameter<number> = { read: toWhole };
export const LIST: Parameter<readonly unknown[]> = { read: toList };
export const OBJECT: Parameter<Readonly<Record<string, unknown>>> = { read: toObject };
export const ANY: Parameter<unknown> = { read: (value) => value };
export const NULLABLE: Parameter<unknown> = { read: (value) => value ?? null, nullable: true };
export const TEXTS: Parameter<readonly (string | null)[]> = { read: (list) => toList(list).map(textOrNull) };
export const BOOLEANS: Parameter<readonly (boolean | null)[]> = {
  read: (list) => toList(list).map((item) => (isPresent(item) ? toBoolean(item) : null)),
};

/** A list none of whose texts is null. */
export const PRESENT_TEXTS: Parameter<readonly string[]> = {
  read: (list) => toList(list).map((item, index) => toText(presentAt(item, index))),
};

type Values<Parameters extends readonly Parameter<unknown>[]> = {
  [Position in keyof Parameters]: Parameters[Position] extends Parameter<infer Value> ? Value : never;
};

/** A function of exactly these arguments. */
export function taking<const Parameters extends readonly Parameter<unknown>[]>(
  parameters: Parameters,
  run: (...values: Values<Parameters>) => unknown,
): TerraformFunction {
  return (...given) => {
    if (given.length !== parameters.length) throw wrongCount(`${parameters.length}`, given.length);
    return run(...(readEach(parameters, given) as Values<Parameters>));
  };
}

/** A function of these arguments and any number of others of one kind. */
export function takingMore<const Parameters extends readonly Parameter<unknown>[], More>(
  parameters: Parameters,
  more: Parameter<More>,
  run: (...values: [...Values<Parameters>, ...More[]]) => unknown,
): TerraformFunction {
  return (...given) => {
    if (given.length < parameters.length) throw wrongCount(`at least ${parameters.length}`, given.length);
    const all = given.map((_, position) => parameters[position] ?? more);
    return run(...(readEach(all, given) as [...Values<Parameters>, ...More[]]));
  };
}

/** Whether a value is anything but null. */
export function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function readEach(parameters: readonly Parameter<unknown>[], given: readonly unknown[]): unknown[] {
  return parameters.map(({ read, nullable }, position) => {
    if (nullable !== true && !isPresent(given[position])) {
      throw new ExpressionError(`argument ${position + 1} is null`);
    }
    return read(given[position]);
  });
}

function textOrNull(value: unknown): string | null {
  return isPresent(value) ? toText(value) : null;
}

function presentAt(item: unknown, index: number): unknown {
  if (isPresent(item)) return item;
  throw new ExpressionError(`the item at index ${index} is null`);
}

function wrongCount(needed: string, got: number): ExpressionError {
  return new ExpressionError(`it takes ${needed} arguments, not ${got}`);
}

import { evaluate } from "../expression/evaluate";
import { type Expression, NO_NAMES } from "../expression/expression";
import { ExpressionError } from "../expression/expression-error";
import { ofOneType } from "../expression/functions/one-type";
import { toSet } from "../expression/functions/sets";
import { parseExpression } from "../expression/parse";
import { StandIn } from "../expression/stand-in";
import {
  LazyObject,
  type ObjectValue,
  toBoolean,
  toList,
  toNumber,
  toObject,
  toText,
} from "../expression/value";

/** What a variable takes. @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints */
export type VariableType =
  | { readonly kind: "any" | "string" | "number" | "bool" }
  | { readonly kind: "list" | "set" | "map"; readonly element: VariableType }
  | { readonly kind: "tuple"; readonly elements: readonly VariableType[] }
  | { readonly kind: "object"; readonly attributes: ReadonlyMap<string, AttributeType> };

interface AttributeType {
  readonly type: VariableType;
  readonly isOptional: boolean;
  /** Also stands for a null. */
  readonly default: unknown;
}

/** Reads a type as written, such as `list(object({ name = string, size = optional(number, 1) }))`. */
export function parseType(text: string): VariableType {
  return typeOf(parseExpression(text));
}

function typeOf(expression: Expression): VariableType {
  if (expression.kind === "variable") return namedType(expression.name);
  if (expression.kind !== "call") throw noType(expression);
  const { name, arguments: given } = expression;
  const [only, ...others] = given;
  if (only === undefined || others.length > 0) {
    throw new ExpressionError(`the type ${name} takes one argument`);
  }
  switch (name) {
    case "list":
    case "set":
    case "map":
      return { kind: name, element: typeOf(only) };
    case "tuple":
      if (only.kind !== "list") throw noType(only);
      return { kind: "tuple", elements: only.items.map(typeOf) };
    case "object":
      if (only.kind !== "object") throw noType(only);
      return { kind: "object", attributes: new Map(only.items.map(attributeOf)) };
    default:
      throw new ExpressionError(`there is no type ${name}`);
  }
}

function namedType(name: string): VariableType {
  switch (name) {
    case "any":
    case "string":
    case "number":
    case "bool":
      return { kind: name };
    // As Terraform 0.11 had them.
    case "list":
    case "map":
      return { kind: name, element: { kind: "any" } };
    default:
      throw new ExpressionError(`there is no type ${name}`);
  }
}

function attributeOf([key, value]: readonly [Expression, Expression]): [string, AttributeType] {
  const name = toText(evaluate(key, NO_NAMES));
  if (value.kind !== "call" || value.name !== "optional") {
    return [name, { type: typeOf(value), isOptional: false, default: null }];
  }
  const [inner, fallback, ...others] = value.arguments;
  if (inner === undefined || others.length > 0) {
    throw new ExpressionError("optional takes a type and a default");
  }
  const type = typeOf(inner);
  const given = fallback === undefined ? null : evaluate(fallback, NO_NAMES);
  return [name, { type, isOptional: true, default: convertTo(type, given) }];
}

function noType({ kind }: Expression): ExpressionError {
  return new ExpressionError(`a type is needed here, not a ${kind}`);
}

/** Converts as Terraform does: what can be of the type becomes so, and what an object's type lacks is dropped. */
export function convertTo(type: VariableType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  // Whether an apply will give what the type needs can't be told.
  if (value instanceof StandIn) return value;
  switch (type.kind) {
    case "any":
      return value;
    case "string":
      return toText(value);
    case "number":
      return toNumber(value);
    case "bool":
      return toBoolean(value);
    case "list":
      return ofOneType(elements(value, () => type.element));
    case "set":
      return toSet(elements(value, () => type.element));
    case "map":
      return toMap(value, type.element);
    case "tuple":
      return toTuple(value, type.elements);
    case "object":
      return toAttributes(value, type.attributes);
  }
}

function elements(value: unknown, typeAt: (index: number) => VariableType): unknown[] {
  return toList(value).map((item, index) => within(`element ${index}`, () => convertTo(typeAt(index), item)));
}

function toMap(value: unknown, element: VariableType): ObjectValue {
  const entries = Object.entries(toObject(value));
  const converted = entries.map(([key, item]) =>
    within(`element ${JSON.stringify(key)}`, () => convertTo(element, item)),
  );
  const values = ofOneType(converted);
  return Object.fromEntries(entries.map(([key], index) => [key, values[index]]));
}

function toTuple(value: unknown, types: readonly VariableType[]): unknown[] {
  const { length } = toList(value);
  if (length !== types.length) {
    throw new ExpressionError(`${types.length} elements are needed, not ${length}`);
  }
  return elements(value, (index) => types[index] ?? { kind: "any" });
}

/** A resource keeps to be one whose attributes are worked out when they are asked for. */
function toAttributes(value: unknown, attributes: ReadonlyMap<string, AttributeType>): unknown {
  if (value instanceof LazyObject) {
    return new LazyObject(value.address, (name) => {
      const attribute = attributes.get(name);
      if (attribute === undefined) throw new ExpressionError(`there is no attribute ${name} in its type`);
      return toAttribute(name, attribute, value.attribute(name));
    });
  }
  const given = toObject(value);
  return Object.fromEntries(
    Array.from(attributes, ([name, attribute]) => {
      const isGiven = Object.hasOwn(given, name);
      if (!isGiven && !attribute.isOptional) throw new ExpressionError(`the attribute ${name} is required`);
      return [name, toAttribute(name, attribute, isGiven ? given[name] : null)];
    }),
  );
}

function toAttribute(name: string, attribute: AttributeType, value: unknown): unknown {
  return within(`attribute ${name}`, () => convertTo(attribute.type, value)) ?? attribute.default;
}

function within<Value>(place: string, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(`${place}: ${error.message}`);
  }
}

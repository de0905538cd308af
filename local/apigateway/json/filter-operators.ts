import { JavaRegex } from "../../../aws/java-pattern/java-regex";
import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { isValueMap, JavaList } from "../../velocity/java-values";
import { javaEquals } from "../../velocity/object-methods";
import { valueText } from "../../velocity/value-text";
import { JavaDecimal, numberOperand } from "./java-decimal";
import { type FilterOperand, type FilterOperator, JsonOperand, JsonPathError } from "./json-path";
import { parseJson } from "./parse-json";
import { parseJsonPath } from "./parse-json-path";
import { unescaped } from "./parse-path-filter";

type Operator = (left: FilterOperand, right: FilterOperand, spend: (steps: number) => void) => boolean;

/** What each operator does, and which types it compares. */
export const COMPARE: Readonly<Record<FilterOperator, Operator>> = {
  "==": equal,
  "!=": (left, right) => !equal(left, right),
  "===": identical,
  "!==": (left, right) => !identical(left, right),
  "<": (left, right) => compare(left, right) < 0,
  "<=": (left, right) => compare(left, right) <= 0,
  ">": (left, right) => compare(left, right) > 0,
  ">=": (left, right) => compare(left, right) >= 0,
  "=~": matches,
  IN: isIn,
  NIN: (left, right, spend) => !isIn(left, right, spend),
  CONTAINS: contains,
  SIZE: hasSize,
  EMPTY: isEmpty,
  EXISTS: exists,
  SUBSETOF: (left, right, spend) => compareLists(left, right, spend, isSubset),
  ANYOF: (left, right, spend) => compareLists(left, right, spend, haveCommon),
  NONEOF: (left, right, spend) => compareLists(left, right, spend, (...lists) => !haveCommon(...lists)),
  // In a path, these have nothing that they could compare with.
  ALL: neverPasses,
  TYPE: neverPasses,
  MATCHES: neverPasses,
};

/** What a comparison takes a value for. */
export function operandOf(value: unknown): FilterOperand {
  if (value === null || value === undefined) return value;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (value instanceof JavaList || isValueMap(value)) return new JsonOperand(value, false);
  return numberOperand(valueText(value)) ?? fail(`no filter can compare ${valueText(value)}`);
}

/** A text in a list that starts like a path or like JSON, and is it: it is equal to no text. */
const NO_TEXT = Symbol("a path");
type Item = FilterOperand | typeof NO_TEXT;

const KNOWN_ITEMS = new WeakMap<JsonOperand, Item[]>();

/** What a list has; undefined for a map. Made once for an operand, which may be compared with many others. */
function itemsOf(operand: FilterOperand): readonly Item[] | undefined {
  const found = list(operand);
  if (found === undefined || !(operand instanceof JsonOperand)) return undefined;
  const items = KNOWN_ITEMS.get(operand) ?? found.items.map(itemOf);
  KNOWN_ITEMS.set(operand, items);
  return items;
}

function itemOf(value: unknown): Item {
  if (value instanceof JavaList || isValueMap(value)) {
    return fail("a filter compares with a list that has lists or maps in it");
  }
  return typeof value === "string" ? textItem(value) : operandOf(value);
}

function textItem(text: string): Item {
  const trimmed = text.trim();
  if (/^[$@]/.test(trimmed) && isPath(trimmed)) return NO_TEXT;
  if (/^(?:\[[^]*\]|\{[^]*\})$/.test(trimmed)) {
    const value = parseJson(trimmed);
    if (value !== undefined) return new JsonOperand(text, true);
  }
  const quoted = /^(['"])([^]*)\1$/.exec(text)?.[2];
  return text.length > 1 ? unescaped(quoted ?? text) : text;
}

function isPath(text: string): boolean {
  try {
    parseJsonPath(text);
    return true;
  } catch {
    return false;
  }
}

/** The list that a comparison needs; undefined for another JSON value. */
function list(operand: FilterOperand): JavaList | undefined {
  if (!(operand instanceof JsonOperand)) throw new JsonPathError("expected a list");
  return operand.value instanceof JavaList ? operand.value : undefined;
}

function boolean(operand: FilterOperand): boolean {
  if (typeof operand !== "boolean") throw new JsonPathError("expected true or false");
  return operand;
}

function typeName(operand: FilterOperand): string {
  return operand === null ? "null" : typeof operand === "object" ? operand.constructor.name : typeof operand;
}

function identical(left: FilterOperand, right: FilterOperand): boolean {
  return typeName(left) === typeName(right) && equal(left, right);
}

function equal(left: Item, right: Item): boolean {
  if (left instanceof JsonOperand && right instanceof JsonOperand) {
    return !left.isLiteral && javaEquals(left.value, right.value);
  }
  if (left instanceof JavaDecimal) {
    const number = typeof right === "string" ? numberOperand(right) : right;
    return number instanceof JavaDecimal && left.compareTo(number) === 0;
  }
  if (typeof left === "string") return left === (right instanceof JavaDecimal ? right.toString() : right);
  return left !== undefined && left !== NO_TEXT && left === right;
}

/** In a list, JSON that is a text equals the same text only. */
function equalItem(left: Item, right: Item): boolean {
  if (left instanceof JsonOperand && right instanceof JsonOperand) return javaEquals(left.value, right.value);
  return equal(left, right);
}

/** NaN where they do not compare. */
function compare(left: FilterOperand, right: FilterOperand): number {
  if (left instanceof JavaDecimal && right instanceof JavaDecimal) return left.compareTo(right);
  if (typeof left !== "string" || typeof right !== "string") return NaN;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** One side is the pattern, whichever; of a list, one item is enough. */
function matches(left: FilterOperand, right: FilterOperand): boolean {
  const [pattern, other] = left instanceof JavaRegex ? [left, right] : [right, left];
  if (!(pattern instanceof JavaRegex) || other instanceof JavaRegex) return false;
  const items = other instanceof JsonOperand ? itemsOf(other) : undefined;
  return (items ?? [other]).some((item) => pattern.matches(matchedText(item)));
}

function matchedText(item: Item): string {
  return typeof item === "string" || typeof item === "boolean" || item instanceof JavaDecimal
    ? String(item)
    : "";
}

function isIn(left: FilterOperand, right: FilterOperand, spend: (steps: number) => void): boolean {
  const items = itemsOf(right) ?? [];
  spend(items.length);
  return items.some((item) => equalItem(left, item));
}

function contains(left: FilterOperand, right: FilterOperand, spend: (steps: number) => void): boolean {
  if (typeof left === "string") return typeof right === "string" && left.includes(right);
  return left instanceof JsonOperand && isIn(right, left, spend);
}

function hasSize(left: FilterOperand, right: FilterOperand): boolean {
  if (!(right instanceof JavaDecimal)) return false;
  const size = Math.trunc(right.value);
  if (typeof left === "string") return left.length === size;
  return left instanceof JsonOperand && (list(left)?.items.length ?? -1) === size;
}

function isEmpty(left: FilterOperand, right: FilterOperand): boolean {
  if (typeof left !== "string" && !(left instanceof JsonOperand)) return false;
  const content =
    typeof left === "string"
      ? left
      : (list(left)?.items ?? fail("ClassCastException: empty does not take a map"));
  return (content.length === 0) === boolean(right);
}

function exists(left: FilterOperand, right: FilterOperand): boolean {
  if (typeof left !== "boolean" && typeof right !== "boolean") return fail("exists needs true or false");
  return boolean(left) === boolean(right);
}

function compareLists(
  left: FilterOperand,
  right: FilterOperand,
  spend: (steps: number) => void,
  holds: (left: readonly Item[], right: readonly Item[]) => boolean,
): boolean {
  const rightItems = itemsOf(right);
  if (rightItems === undefined) return false;
  const leftItems = itemsOf(left);
  if (leftItems === undefined) return false;
  spend(leftItems.length * rightItems.length);
  return holds(leftItems, rightItems);
}

function isSubset(left: readonly Item[], right: readonly Item[]): boolean {
  return left.every((item) => right.some((other) => equalItem(item, other)));
}

function haveCommon(left: readonly Item[], right: readonly Item[]): boolean {
  return left.some((item) => right.some((other) => equalItem(item, other)));
}

function neverPasses(): never {
  throw new JsonPathError("the operator takes no value of a path");
}

function fail(reason: string): never {
  throw new MappingTemplateError(reason);
}

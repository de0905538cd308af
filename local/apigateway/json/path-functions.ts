import { JavaDouble } from "../../../aws/velocity/java-number";
import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { isValueMap, JavaList, MapView } from "../../velocity/java-values";
import { valueText } from "../../velocity/value-text";

type PathFunction = (value: unknown, parameters: readonly unknown[]) => unknown;

/** Jayway's functions but `length`, by name: they take what the path found before them, and parameters. */
export const PATH_FUNCTIONS: ReadonlyMap<string, PathFunction> = new Map<string, PathFunction>([
  ["sum", aggregate((numbers) => total(numbers))],
  ["avg", aggregate((numbers) => total(numbers) / numbers.length)],
  ["stddev", aggregate(standardDeviation)],
  ["min", aggregate((numbers) => least(numbers))],
  // Jayway starts with the smallest positive Double, so there is no negative maximum.
  ["max", aggregate((numbers) => -least([...numbers, Number.MIN_VALUE].map((number) => -number)))],
  ["concat", concat],
  ["append", append],
  ["keys", (value) => (isValueMap(value) ? new MapView(value, "keys") : null)],
  ["first", (value) => itemAt(value, 0)],
  ["last", (value) => itemAt(value, -1)],
  ["index", index],
]);

/** What `length()` gives; null for what has none. */
export function lengthOf(value: unknown): number | null {
  if (value instanceof JavaList) return value.items.length;
  return isValueMap(value) ? value.size : null;
}

/** An index that is beyond the list, which counts as not found within a list and as a mistake elsewhere. */
export class IndexOutOfBoundsError extends MappingTemplateError {}

function aggregate(calculate: (numbers: readonly number[]) => number): PathFunction {
  return (value, parameters) => {
    const items = value instanceof JavaList ? value.items : [];
    const numbers = [...numbersIn(items), ...numbersOf(parameters)];
    if (numbers.length === 0) throw new MappingTemplateError("a function needs at least one number");
    return new JavaDouble(calculate(numbers));
  };
}

function numbersIn(items: readonly unknown[]): number[] {
  return items.flatMap((item) => {
    if (item instanceof JavaDouble) return item.value;
    return typeof item === "number" || typeof item === "bigint" ? Number(item) : [];
  });
}

function numbersOf(parameters: readonly unknown[]): number[] {
  return numbersIn(parameterItems(parameters));
}

/** Of a list, its items. */
function parameterItems(parameters: readonly unknown[]): unknown[] {
  return parameters.flatMap((parameter) => (parameter instanceof JavaList ? parameter.items : [parameter]));
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((least, number) => (number < least ? number : least), Number.MAX_VALUE);
}

function standardDeviation(numbers: readonly number[]): number {
  const count = numbers.length;
  const sum = total(numbers);
  return Math.sqrt(total(numbers.map((number) => number * number)) / count - (sum * sum) / count / count);
}

function concat(value: unknown, parameters: readonly unknown[]): string {
  const items = value instanceof JavaList ? value.items : [];
  const texts = items.filter((item) => typeof item === "string");
  const others = parameterItems(parameters).filter((item) => item !== null && item !== undefined);
  return [...texts, ...others.map(valueText)].join("");
}

/** A copy: what Jayway does to the list itself would be seen by the template's later paths. */
function append(value: unknown, parameters: readonly unknown[]): unknown {
  return value instanceof JavaList ? new JavaList([...value.items, ...parameters], value.printsAs) : value;
}

function index(value: unknown, parameters: readonly unknown[]): unknown {
  const [position] = numbersOf(parameters);
  if (position === undefined) throw new IndexOutOfBoundsError("index() needs a number");
  return itemAt(value, Math.trunc(position));
}

/** As in Jayway, no negative index finds the first item. */
function itemAt(value: unknown, position: number): unknown {
  if (!(value instanceof JavaList)) throw new MappingTemplateError("the function needs a list");
  const { items } = value;
  if (position < 0 && items.length + position <= 0) {
    throw new MappingTemplateError(`there is no item ${position} in a list of ${items.length}`);
  }
  const effective = position < 0 ? items.length + position : position;
  if (effective >= items.length) throw new IndexOutOfBoundsError(`there is no item ${position}`);
  return items[effective];
}

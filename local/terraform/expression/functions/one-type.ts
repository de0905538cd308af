import { ExpressionError } from "../expression-error";
import { isObject, toText } from "../value";
import { isPresent } from "./parameters";

/**
 * One type for all, as the members of lists, sets and maps have it: among texts, numbers and booleans become texts, within
 * members as well; what has no type in common is refused.
 */
export function ofOneType(values: readonly unknown[]): readonly unknown[] {
  const present = values.filter((value) => isPresent(value) && !isWhole(value));
  if (present.length === 0) return values;
  if (present.every(Array.isArray)) return asColumns(values, present as readonly (readonly unknown[])[]);
  if (present.every(isObject)) return asFields(values, present);
  const types = new Set(present.map((value) => typeof value));
  if (types.size < 2 && !types.has("object")) return values;
  if (!types.has("string") || types.has("object")) throw new ExpressionError("the values differ in type");
  return values.map((value) => (isPresent(value) && !isWhole(value) ? toText(value) : value));
}

/** What stands for a whole resource, or for what is not known, keeps its type. */
function isWhole(value: unknown): boolean {
  return typeof value === "object" && !Array.isArray(value) && !isObject(value);
}

type Fields = Readonly<Record<string, unknown>>;

/** Lists of one length may have a type for each position; others have one for all. */
function asColumns(values: readonly unknown[], lists: readonly (readonly unknown[])[]): readonly unknown[] {
  const length = lists[0]?.length ?? 0;
  if (lists.some((list) => list.length !== length)) {
    const typed = ofOneType(lists.flat());
    let end = 0;
    return values.map((value) => (Array.isArray(value) ? typed.slice(end, (end += value.length)) : value));
  }
  const columns = Array.from({ length }, (_, at) => ofOneType(lists.map((list) => list[at])));
  let row = 0;
  return values.map((value) => {
    if (!Array.isArray(value)) return value;
    row += 1;
    return columns.map((column) => column[row - 1]);
  });
}

/** Objects of the same names may have a type for each name; others are maps, with one for all. */
function asFields(values: readonly unknown[], objects: readonly Fields[]): readonly unknown[] {
  const names = (object: Fields): string => JSON.stringify(Object.keys(object).sort());
  const rows = objects.map((object) => Object.entries(object));
  const areAlike = new Set(objects.map(names)).size === 1;
  const keys = Object.keys(objects[0] ?? {});
  const typed = areAlike
    ? objectsOf(
        keys,
        keys.map((key) => ofOneType(objects.map((object) => object[key]))),
        objects.length,
      )
    : mapsOf(rows, ofOneType(rows.flat().map(([, value]) => value)));
  let row = 0;
  return values.map((value) => (isObject(value) ? typed[(row += 1) - 1] : value));
}

function objectsOf(
  keys: readonly string[],
  columns: readonly (readonly unknown[])[],
  count: number,
): Fields[] {
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(keys.map((key, column) => [key, columns[column]?.[row]])),
  );
}

function mapsOf(rows: readonly (readonly [string, unknown][])[], values: readonly unknown[]): Fields[] {
  let at = 0;
  return rows.map((row) => Object.fromEntries(row.map(([key]) => [key, values[(at += 1) - 1]])));
}

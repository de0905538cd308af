import type * as v from "valibot";
import { isGroup } from "../constructs/schema";

/** `maxMessageSize` → `max_message_size`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A message with its names of settings, which stand in backticks, as the file has them: `"max_message_size"`. */
export function inFileWords(message: string): string {
  return message.replace(/`([a-z][A-Za-z0-9]*)`/g, (_match, name: string) => `"${snakeCase(name)}"`);
}

/** What valibot's schemas have that hold other schemas. */
interface SchemaParts {
  readonly wrapped?: v.GenericSchema;
  readonly item?: v.GenericSchema;
  readonly value?: v.GenericSchema;
  readonly options?: readonly v.GenericSchema[];
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
}

/** A key that an object of the file must not have: where the object is, and what it may have. */
export interface UnknownKey {
  readonly path: readonly string[];
  readonly key: string;
  readonly known: readonly string[];
}

/**
 * A value of the file with the keys of its objects named as `schema` names them; keys of a map are data. Adds to
 * `unknown` the keys that the schema does not have.
 */
export function fromFile(
  schema: v.GenericSchema,
  value: unknown,
  path: readonly string[],
  unknown: UnknownKey[],
): unknown {
  const { wrapped, item, value: ofMap, options, entries } = schema as SchemaParts;
  if (wrapped) return fromFile(wrapped, value, path, unknown);
  if (item && Array.isArray(value)) {
    return value.map((element, index) => fromFile(item, element, [...path, String(index)], unknown));
  }
  if (ofMap && isGroup(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, element]) => [key, fromFile(ofMap, element, [...path, key], unknown)]),
    );
  }
  const ofList = options?.find((option) => (option as SchemaParts).item);
  if (ofList && Array.isArray(value)) return fromFile(ofList, value, path, unknown);
  if (options && isGroup(value)) return oneOption(options, value, path, unknown);
  return entries && isGroup(value) ? renamed(entries, value, path, unknown) : value;
}

/** The option that has keys of the group. Where several have, the schema tells. */
function oneOption(
  options: readonly v.GenericSchema[],
  group: object,
  path: readonly string[],
  unknown: UnknownKey[],
): unknown {
  const candidates = options.map((option) => ({
    option,
    keys: Object.keys((option as SchemaParts).entries ?? {}).map(snakeCase),
  }));
  const [found, ...others] = candidates.filter(({ keys }) => keys.some((key) => key in group));
  if (found) return others.length === 0 ? fromFile(found.option, group, path, unknown) : group;
  const known = candidates.flatMap(({ keys }) => keys);
  unknown.push(...Object.keys(group).map((key) => ({ path, key, known })));
  return Object.keys(group).length === 0 ? group : undefined;
}

function renamed(
  entries: Readonly<Record<string, v.GenericSchema>>,
  group: object,
  path: readonly string[],
  unknown: UnknownKey[],
): unknown {
  const names = new Map(Object.entries(entries).map(([name, schema]) => [snakeCase(name), { name, schema }]));
  return Object.fromEntries(
    Object.entries(group).flatMap(([key, value]: [string, unknown]) => {
      const entry = names.get(key);
      if (entry) return [[entry.name, fromFile(entry.schema, value, [...path, key], unknown)]];
      unknown.push({ path, key, known: [...names.keys()] });
      return [];
    }),
  );
}

/** The path of a value in the file, from the code's names for it. */
export function pathInFile(names: readonly string[], value: unknown): string[] {
  const [name, ...rest] = names;
  if (name === undefined) return [];
  const group =
    typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const key = name in group ? name : snakeCase(name);
  return [key, ...pathInFile(rest, group[key])];
}

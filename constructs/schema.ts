import * as v from "valibot";
import { mistakeText, shown } from "../errors/mistake";
import { unknownKey } from "../errors/nearest";
import { VALUE_SOURCES } from "../mapping/value-source";

/** Values by name, as JSON gives them. */
export type Group = Readonly<Record<string, unknown>>;

/** Is it an object, and no list? */
export function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a schema found wrong: valibot's issue, as far as messages need it. */
export interface Wrong<Input = unknown> {
  readonly input: Input;
}

/** A valibot message: what is wrong, what was given, what is allowed, how to mend it. */
export function rule(wrong: string, allowed: string, mend: string): (issue: Wrong) => string {
  // A backtick of the user's own must not be taken for one around a setting's name.
  return ({ input }) => mistakeText({ wrong, got: shown(input).replaceAll("`", "\\u0060"), allowed, mend });
}

/** What is told of a schema beside what it checks. */
export interface Allowing {
  /** What it allows, in words, for the settings' documentation. */
  readonly allowed: string;
  /** May it be a token, whose value only Terraform knows? Only what goes into an attribute as it is may. */
  readonly mayBeToken?: boolean;
}

/** What is told of a schema, or of the one that an optional one wraps. */
export function toldOf(schema: v.GenericSchema): Partial<Allowing> {
  const told = schema as Partial<Allowing> & { readonly wrapped?: v.GenericSchema };
  return told.wrapped && told.allowed === undefined ? toldOf(told.wrapped) : told;
}

/** Options of {@link text}. */
interface TextOptions {
  readonly pattern: string;
  readonly allowed: string;
  readonly example: string;
  /** What is told apart from all else that does not match the pattern. */
  readonly refused?: { readonly pattern: RegExp; readonly wrong: string; readonly mend: string };
  readonly mayBeToken?: boolean;
}

/** A text of a given pattern; a placeholder such as `<name>` is told apart from other mistakes. */
export function text({ pattern, allowed, example, refused, mayBeToken = false }: TextOptions) {
  const mend = `Write for example "${example}".`;
  return v.pipe(
    { ...v.string(rule("is not a text", allowed, mend)), allowed, mayBeToken },
    v.check((value) => value !== "", rule("is empty", allowed, `${mend} Or leave the setting out.`)),
    v.check((value) => !/^<.*>$/.test(value), rule("is still the placeholder", allowed, mend)),
    v.check(
      (value) => refused?.pattern.test(value) !== true,
      rule(refused?.wrong ?? "", allowed, refused?.mend ?? ""),
    ),
    // One pattern a text, since the JSON Schema keeps no second one.
    v.regex(new RegExp(pattern), rule("is not valid", allowed, mend)),
  );
}

/** A number in quotes is the number that was meant. */
export function noNumber(allowed: string, example: number): (issue: Wrong) => string {
  return (issue) => {
    const { input } = issue;
    const isQuoted = typeof input === "string" && /^-?\d+(\.\d+)?$/.test(input);
    const mend = isQuoted
      ? `Write ${input}, without quotes.`
      : `Write for example ${example}, without quotes.`;
    return rule("is not a number", allowed, mend)(issue);
  };
}

/** A whole number, of a unit if it has one, in AWS's range for it. */
export function wholeNumber(least: number, most: number, unit?: string) {
  const allowed = `a whole number${unit === undefined ? "" : ` of ${unit}`} from ${least} to ${most}`;
  const range = rule("is out of range", allowed, "Write a number in that range.");
  return v.pipe(
    {
      ...v.number(noNumber(allowed, least)),
      allowed,
      mayBeToken: true,
    },
    v.integer(rule("is not a whole number", allowed, "Write it without a fraction.")),
    v.minValue(least, range),
    v.maxValue(most, range),
  );
}

/** A number of a unit, with or without a fraction. */
export function number(least: number, most: number, unit: string, mend = "Write a number in that range.") {
  const allowed = `a number of ${unit} from ${least} to ${most}`;
  const range = rule("is out of range", allowed, mend);
  const typed = v.number(noNumber(allowed, 10));
  return v.pipe({ ...typed, allowed }, v.minValue(least, range), v.maxValue(most, range));
}

/** `true` or `false`; `effect` says what true does. */
export function flag(effect: string) {
  const allowed = "true or false";
  return {
    ...v.boolean(rule("is not true or false", allowed, `Write true to ${effect}, without quotes.`)),
    allowed,
  };
}

/** One of a few texts; `allowed` where there is more than those. */
export function oneOf<const Values extends readonly string[]>(
  values: Values,
  wrong: string,
  mend: string,
  allowed = values.join(", "),
) {
  return { ...v.picklist(values, rule(wrong, allowed, mend)), allowed };
}

/** A list without repeats of `item`. */
export function list<const Item extends v.GenericSchema & Partial<Allowing>>(item: Item, example: string) {
  const mend = `Write for example ${example}.`;
  return v.pipe(
    { ...v.array(item, rule("is not a list", "a list", mend)), allowed: `a list, such as \`${example}\`` },
    v.check(
      (items) => new Set(items).size === items.length,
      rule("repeats an item", "each item once", "Drop the repeat."),
    ),
  );
}

/** A list of at least one item. */
export function filledList<const Item extends v.GenericSchema>(item: Item, one: string, example: string) {
  const empty = rule("is empty", `at least one ${one}`, `Write for example ${example}.`);
  return v.pipe(list(item, example), v.minLength(1, empty));
}

/** Names that JavaScript takes for something else, and valibot leaves out without a word. */
const RESERVED = ["__proto__", "constructor", "prototype"];

/** A value by name; the names are data. */
export function map<const Value extends v.GenericSchema>(
  value: Value,
  example: string,
  key: v.GenericSchema<string, string> = v.string(),
) {
  const allowed = `an object, such as \`${example}\``;
  const schema = v.record(key, value);
  const reserved = v.never(
    rule("has a name that can't be used", `names besides ${RESERVED.join(", ")}`, "Drop it."),
  );
  const choose = (input: unknown) => {
    if (!isGroup(input)) return noObject("an object", example);
    return RESERVED.some((name) => Object.hasOwn(input, name)) ? reserved : schema;
  };
  return { ...chosen(schema, choose), allowed };
}

/** An object of exactly these entries, which are declared as settings are. */
export function object<const Entries extends v.ObjectEntries>(entries: Entries, example: string) {
  const known = Object.keys(entries);
  const allowed = `an object with the keys ${known.map((key) => `\`${key}\``).join(", ")}`;
  const missing = rule("is missing", allowed, `Write for example ${example}.`);
  const schema = v.strictObject(entries, (issue) =>
    issue.expected === "never" ? unknownKey(String(issue.input), known, "`") : missing(issue),
  );
  return { ...chosen(schema, (input) => (isGroup(input) ? schema : noObject(allowed, example))), allowed };
}

/** An object with one of several keys, each of an object of its own in `objects`; together they are a `Value`. */
export function oneKey<Value>(
  objects: readonly v.StrictObjectSchema<v.ObjectEntries, undefined>[],
  what: string,
  example: string,
) {
  const allowed = `one of ${objects.map(({ entries }) => `{ \`${Object.keys(entries).join()}\`: … }`).join(", ")}`;
  const refuse = v.never(rule(`is not a ${what}`, allowed, `Write for example ${example}.`));
  const schema = chosen(v.union(objects), (input) => {
    const [key = "", ...others] = isGroup(input) ? Object.keys(input) : [];
    const found = others.length > 0 ? undefined : objects.find(({ entries }) => Object.hasOwn(entries, key));
    return found ?? refuse;
  });
  return { ...(schema as v.GenericSchema as v.GenericSchema<Value>), allowed };
}

/**
 * What types and the JSON Schema see is `schema`; what checks a value is chosen by the value, since the messages of
 * valibot's union hide those of its options.
 */
export function chosen<const Schema extends v.GenericSchema>(
  schema: Schema,
  choose: (input: unknown) => v.GenericSchema,
): Schema {
  const run: v.GenericSchema["~run"] = (dataset, config) => choose(dataset.value)["~run"](dataset, config);
  return { ...schema, "~run": run };
}

function noObject(allowed: string, example: string): v.GenericSchema {
  return v.custom<Group>(isGroup, rule("is not an object", allowed, `Write for example ${example}.`));
}

/** Name of a request header. What API Gateway makes of a required one with a period in it is not recorded. */
export const HEADER_NAME = text(VALUE_SOURCES.header);

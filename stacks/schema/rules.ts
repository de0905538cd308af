import * as v from "valibot";
import { type Group, isGroup } from "../group";
import { rule, settingMessage } from "../setting-message";
import { unknownKey } from "../unknown-keys";

interface TextRules {
  readonly pattern: string;
  readonly allowed: string;
  readonly example: string;
  /** What is told apart from all else that does not match the pattern. */
  readonly refused?: { readonly pattern: RegExp; readonly wrong: string; readonly mend: string };
}

/** A text of a given pattern; a placeholder such as `<name>` is told apart from other mistakes. */
export function text({ pattern, allowed, example, refused }: TextRules) {
  const mend = `Write for example "${example}".`;
  return v.pipe(
    v.string(rule("is not a text", allowed, mend)),
    v.check((value) => value !== "", rule("is empty", allowed, `${mend} Or leave the setting out.`)),
    v.check((value) => !/^<.*>$/.test(value), rule("is still the placeholder", allowed, mend)),
    v.check(
      (value) => refused?.pattern.test(value) !== true,
      rule(refused?.wrong ?? "", allowed, refused?.mend ?? ""),
    ),
    v.check((value) => new RegExp(pattern).test(value), rule("is not valid", allowed, mend)),
  );
}

/** A whole number, of a unit if it has one, in AWS's range for it. */
export function wholeNumber(least: number, most: number, unit?: string) {
  const allowed = `a whole number${unit === undefined ? "" : ` of ${unit}`} from ${least} to ${most}`;
  const range = rule("is out of range", allowed, "Write a number in that range.");
  return v.pipe(
    v.number(rule("is not a number", allowed, `Write for example ${least}, without quotes.`)),
    v.integer(rule("is not a whole number", allowed, "Write it without a fraction.")),
    v.minValue(least, range),
    v.maxValue(most, range),
  );
}

/** `true` or `false`; `effect` says what true does. */
export function flag(effect: string) {
  return v.boolean(rule("is not true or false", "true or false", `Write true to ${effect}, without quotes.`));
}

/** A list without repeats of `item`. */
export function list<const Item extends v.GenericSchema>(item: Item, example: string) {
  const mend = `Write for example ${example}.`;
  return v.pipe(
    v.array(item, rule("is not a list", "a list", mend)),
    v.check(
      (items) => new Set(items).size === items.length,
      rule("repeats an item", "each item once", "Drop the repeat."),
    ),
  );
}

/** A value by name. */
export function map<const Value extends v.GenericSchema>(value: Value, example: string) {
  return v.pipe(group("an object", example), v.record(v.string(), value));
}

/** An object of exactly these entries. */
export function object<const Entries extends v.ObjectEntries>(entries: Entries, example: string) {
  const known = Object.keys(entries);
  const allowed = `an object with the keys ${known.join(", ")}`;
  return v.pipe(
    group(allowed, example),
    v.strictObject(entries, ({ input, expected }) =>
      expected === "never"
        ? unknownKey(String(input), known)
        : settingMessage("is missing", input, allowed, `Write for example ${example}.`),
    ),
  );
}

/** Any object, which a list is none of. */
export function group(allowed: string, example: string) {
  return v.custom<Group>(isGroup, rule("is not an object", allowed, `Write for example ${example}.`));
}

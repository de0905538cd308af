import * as v from "valibot";
import { rule } from "../setting-message";

interface TextRules {
  readonly pattern: string;
  readonly allowed: string;
  readonly example: string;
}

/** A text of a given pattern; a placeholder such as `<name>` is told apart from other mistakes. */
export function text({ pattern, allowed, example }: TextRules) {
  const mend = `Write for example "${example}".`;
  return v.pipe(
    v.string(rule("is not a text", allowed, mend)),
    v.check((value) => value !== "", rule("is empty", allowed, `${mend} Or leave the setting out.`)),
    v.check((value) => !/^<.*>$/.test(value), rule("is still the placeholder", allowed, mend)),
    v.check((value) => new RegExp(pattern).test(value), rule("is not valid", allowed, mend)),
  );
}

/** A whole number in AWS's range for it. */
export function wholeNumber(least: number, most: number, unit: string) {
  const message = rule(
    "is out of range",
    `a whole number of ${unit} from ${least} to ${most}`,
    "Write a number in the range.",
  );
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
}

/** `true` or `false`; `effect` says what true does. */
export function flag(effect: string) {
  return v.boolean(rule("is not true or false", "true or false", `Write true to ${effect}.`));
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
  return v.record(v.string(), value, rule("is not an object", "an object", `Write for example ${example}.`));
}

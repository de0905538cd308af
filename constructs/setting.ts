import { Token } from "cdktf";
import type { Construct } from "constructs";
import * as v from "valibot";
import { mistakeText, shown } from "../errors/mistake";
import { toldOf } from "./schema";

/**
 * Settings, each declared once, beside the construct that reads it: its sentence (TSDoc) and a schema with range, default
 * and messages. Props, known keys, the tables in docs/settings.md and the JSON Schema of cdktf.json follow from it.
 */
export type Declared = Readonly<Record<string, v.GenericSchema>>;

/** What may be given: every setting is optional, and lists may be readonly. */
export type Options<T extends Declared> = { readonly [K in keyof T]?: Given<v.InferInput<T[K]>> };

type Given<Value> = Value extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : Value extends object
    ? { readonly [K in keyof Value]: Given<Value[K]> }
    : Value;

/** Settings that are checked, each with its default. */
export type Checked<T extends Declared> = { readonly [K in keyof T]: v.InferOutput<T[K]> };

/**
 * Settings of which only `Keys` are read: those that are taken by name, or the attributes of a resource that takes all
 * others. So a setting that nothing reads does not compile.
 */
export type Only<Keys, T> = { [K in keyof T]: K extends Keys ? T[K] : "no construct reads this setting" };

/** Settings as given, without defaults, and what is `Around` them. */
export type Facts<T extends Declared, Around> = Partial<Checked<T>> & Around;

/** What has to hold between settings. In its texts, names of settings stand in backticks. */
export interface Rule<T extends Declared, Around = unknown> {
  /** The setting to mend; of several, the first that breaks the rule. */
  readonly setting: (keyof T & string) | readonly (keyof T & string)[];
  /** Where the mistake is in an object: the key of what is to be mended. */
  readonly key?: string;
  /** Is any value of it wrong? */
  readonly anyValueIsWrong?: true;
  /** Those that ask for it, where it is not given at all. */
  readonly because?: readonly string[];
  isBroken(facts: Facts<T, Around>, setting: keyof T & string): boolean;
  readonly wrong: Words<T, Around>;
  readonly allowed: Words<T, Around>;
  readonly mend: Words<T, Around>;
}

/** Words of a message, the same for all settings or made of them. */
type Words<T extends Declared, Around> = string | ((facts: Facts<T, Around>) => string);

/** A rule that does not hold. */
export interface BrokenRule {
  readonly rule: Pick<Rule<Declared>, "key" | "because" | "anyValueIsWrong">;
  readonly setting: string;
  readonly wrong: string;
  readonly allowed: string;
  readonly mend: string;
}

/** The rules that do not hold. */
export function brokenRules<T extends Declared, Around>(
  rules: readonly Rule<T, Around>[],
  facts: Facts<T, Around>,
): BrokenRule[] {
  const told = (words: Words<T, Around>) => (typeof words === "string" ? words : words(facts));
  return rules.flatMap((rule) => {
    const setting = [rule.setting].flat().find((candidate) => rule.isBroken(facts, candidate));
    if (setting === undefined) return [];
    const { wrong, allowed, mend } = rule;
    return [{ rule, setting, wrong: told(wrong), allowed: told(allowed), mend: told(mend) }];
  });
}

/** Rules, and what is around the settings that they are about. */
interface RulesAround<T extends Declared, Around> {
  readonly rules: readonly Rule<T, Around>[];
  readonly around: Around;
}

/**
 * A construct's own check of its settings: whoever uses it without cdktf.json gets the same messages. A token, whose value
 * only Terraform knows, passes where it goes into an attribute as it is.
 * @throws Error with a line for each mistake: construct and setting, what is wrong, what is allowed, how to mend it
 */
export function checked<T extends Declared, Around = unknown>(
  construct: Construct,
  settings: T,
  props: Options<NoInfer<T>>,
  { rules, around }: RulesAround<NoInfer<T>, Around> = { rules: [], around: {} as Around },
): Checked<T> {
  const given = Object.entries(props).filter(([name, value]) => name in settings && value !== undefined);
  const tokens = given.filter(([, value]) => Token.isUnresolved(value));
  const values = Object.fromEntries(given.filter((entry) => !tokens.includes(entry)));
  const { success, issues, output } = v.safeParse(v.object(settings), values, { abortPipeEarly: true });
  const misplaced = tokens.filter(([name]) => settings[name] && !toldOf(settings[name]).mayBeToken);
  if (misplaced.length > 0) throw new Error(misplaced.map(([name]) => tokenText(construct, name)).join("\n"));
  const mistakes = success
    ? brokenRules(rules, { ...onlyGiven(output, values), ...around }).map((broken) =>
        brokenText(broken, values),
      )
    : issues.map((issue) => `${v.getDotPath(issue) ?? ""}: ${issue.message}`);
  if (mistakes.length > 0 || !success) {
    throw new Error(mistakes.map((mistake) => `${construct.node.path}.${mistake}`).join("\n"));
  }
  return { ...output, ...Object.fromEntries(tokens) };
}

type Optional = Readonly<Record<string, v.OptionalSchema<v.GenericSchema, unknown>>>;

/** Settings as what has them of its own declares them: without defaults, since what is not given is another's. */
export function overriding<T extends Optional>(declared: T) {
  const schemas = Object.entries(declared).map(([name, { wrapped }]) => [name, v.optional(wrapped)]);
  return Object.fromEntries(schemas) as {
    readonly [K in keyof T]: v.OptionalSchema<T[K]["wrapped"], undefined>;
  };
}

/** Those of `settings` that `declared` lists: what one part of a construct reads. */
export function part<T extends Declared>(declared: T, settings: Checked<T>): Checked<T> {
  return Object.fromEntries(Object.keys(declared).map((name) => [name, settings[name]])) as Checked<T>;
}

/** Checked settings without those that only have a default. */
export function onlyGiven<T extends object>(output: T, given: object): Partial<T> {
  return Object.fromEntries(Object.entries(output).filter(([name]) => name in given)) as Partial<T>;
}

function tokenText({ node }: Construct, name: string): string {
  return mistakeText({
    where: `${node.path}.${name}`,
    wrong: "is known to Terraform only",
    got: "a token",
    allowed: "a value that synthesis can read, since it decides by it",
    mend: "Write the value itself.",
  });
}

function brokenText(
  { rule, setting, wrong, allowed, mend }: BrokenRule,
  given: Readonly<Record<string, unknown>>,
): string {
  const where = rule.key === undefined ? setting : `${setting}.${rule.key}`;
  return mistakeText({ where, wrong, got: shown(given[setting]), allowed, mend });
}

import { type BrokenRule, brokenRules, type Declared, type Facts, type Rule } from "../setting";

/** A method beside `POST /sqs`, with settings of its own. */
export interface OwnMethod<T extends Declared, Around> {
  /** What tells it from others: its path, or its sender. */
  readonly name: string;
  readonly facts: Facts<T, Around>;
}

/** Props of {@link ownMethodRule}. */
interface OwnMethodRuleProps<T extends Declared, Around> {
  /** The setting that holds the methods. */
  readonly setting: keyof T & string;
  readonly rules: readonly Rule<T, Around>[];
  readonly methods: (facts: Facts<T, Around>) => readonly OwnMethod<T, Around>[];
  /** What a method has of its own. What else is wrong is the stack's mistake, told there. */
  readonly own: readonly string[];
  /** How such a value is written, behind what mends it. */
  readonly written: (name: string) => string;
}

interface BrokenMethod {
  readonly name: string;
  readonly broken: BrokenRule;
}

/** A rule that says which of `rules` the first method breaks that breaks one. */
export function ownMethodRule<T extends Declared, Around>({
  setting,
  rules,
  methods,
  own,
  written,
}: OwnMethodRuleProps<T, Around>): Rule<T, Around> {
  const first = (facts: Facts<T, Around>): BrokenMethod | undefined => {
    for (const { name, facts: ofMethod } of methods(facts)) {
      const broken = brokenRules(rules, ofMethod).find((one) => own.includes(one.setting));
      if (broken) return { name, broken };
    }
    return undefined;
  };
  const told = (facts: Facts<T, Around>, words: (found: BrokenMethod) => string): string => {
    const found = first(facts);
    return found ? words(found) : "";
  };
  return {
    setting,
    isBroken: (facts) => first(facts) !== undefined,
    wrong: (facts) =>
      told(facts, ({ name, broken }) => `makes for ${name} a \`${broken.setting}\` that ${broken.wrong}`),
    allowed: (facts) => told(facts, ({ broken }) => broken.allowed),
    mend: (facts) => told(facts, ({ name, broken }) => `${broken.mend} ${written(name)}`),
  };
}

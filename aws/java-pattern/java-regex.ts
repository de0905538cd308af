import { JavaPatternError } from "./java-pattern-error";
import { translateJavaRegex } from "./translate-java-regex";

/** Templates bring few patterns; the bound is for those put together from what callers send. */
const MAX_CACHED = 500;

const CACHE = new Map<string, JavaRegex>();

/**
 * A compiled Java regular expression, with the methods of `java.lang.String` that take one. It keeps nothing between two
 * calls. A pattern that backtracks without end does so here as in Java.
 */
export class JavaRegex {
  private readonly source: string;
  private readonly flags: string;
  private readonly first: RegExp;
  private readonly whole: RegExp;

  private constructor(pattern: string) {
    ({ source: this.source, flags: this.flags } = translateJavaRegex(pattern));
    try {
      this.first = new RegExp(this.source, this.flags);
      this.whole = new RegExp(`^(?:${this.source})$`, this.flags);
    } catch (error) {
      throw new JavaPatternError(`regular expression ${pattern}`, String(error), undefined, { cause: error });
    }
  }

  /** @throws JavaPatternError for a pattern that is not understood */
  public static compile(pattern: string): JavaRegex {
    const known = CACHE.get(pattern);
    if (known) return known;
    const regex = new JavaRegex(pattern);
    if (CACHE.size >= MAX_CACHED) CACHE.clear();
    CACHE.set(pattern, regex);
    return regex;
  }

  /** Whether the whole text matches. */
  public matches(text: string): boolean {
    return this.whole.test(text);
  }

  /**
   * @param onGrowth is told how long the result becomes, before it is made
   * @throws JavaPatternError for a replacement that names no group
   */
  public replaceAll(text: string, replacement: string, onGrowth?: (length: number) => void): string {
    return this.replace(text, this.all(), replacement, onGrowth);
  }

  /** @throws JavaPatternError for a replacement that names no group */
  public replaceFirst(text: string, replacement: string): string {
    return this.replace(text, this.first, replacement);
  }

  /**
   * At most `limit` parts if it is positive; 0 drops the empty parts at the end.
   * @param onGrowth is told of each part how many there are
   */
  public split(text: string, limit: number, onGrowth?: (count: number) => void): string[] {
    const parts: string[] = [];
    let start = 0;
    for (const found of text.matchAll(this.all())) {
      const end = found.index + found[0].length;
      const isLast = limit > 0 && parts.length === limit - 1;
      if (isLast) break;
      // Java makes no empty part of an empty match, neither at the start nor at the end.
      if (end > 0 && !(found[0] === "" && found.index === text.length)) {
        parts.push(text.slice(start, found.index));
        onGrowth?.(parts.length);
        start = end;
      }
    }
    parts.push(text.slice(start));
    return limit === 0 ? withoutTrailingEmpty(parts) : parts;
  }

  /** A global RegExp holds the place of its last match: each call has its own. */
  private all(): RegExp {
    return new RegExp(this.source, `g${this.flags}`);
  }

  private replace(
    text: string,
    expression: RegExp,
    replacement: string,
    onGrowth?: (length: number) => void,
  ): string {
    let { length } = text;
    const grown = (replaced: string): string => {
      onGrowth?.((length += replaced.length));
      return replaced;
    };
    if (!/[\\$]/.test(replacement)) return text.replace(expression, () => grown(replacement));
    return text.replace(expression, (...found: (string | number | Groups)[]) => {
      const last = found.at(-1);
      const named = typeof last === "object" ? last : {};
      const groups = found.slice(
        0,
        found.findIndex((item) => typeof item === "number"),
      );
      return grown(expand(replacement, groups as (string | undefined)[], named));
    });
  }
}

type Groups = Record<string, string | undefined>;

function withoutTrailingEmpty(parts: string[]): string[] {
  const last = parts.findLastIndex((part) => part !== "");
  return last < 0 && parts.length === 1 ? parts : parts.slice(0, last + 1);
}

/** Java's replacement text: `$1`, `${name}`, and `\` before what is meant literally. */
function expand(replacement: string, groups: (string | undefined)[], named: Groups): string {
  return replacement.replace(
    /\\([^]?)|\$(?:(\d+)|\{(\w+)\})?/g,
    (all: string, escaped?: string, digits?: string, name?: string) => {
      if (escaped) return escaped;
      const group = digits === undefined ? undefined : numberedGroup(digits, groups);
      const value = name !== undefined && name in named ? (named[name] ?? "") : group;
      if (value === undefined) {
        throw new JavaPatternError(`replacement ${replacement}`, `${all} means nothing`);
      }
      return value;
    },
  );
}

/** Digits of a group's number: no pattern has a million groups. */
const LONGEST_NUMBER = 6;

/** Java takes as many digits as still name a group. */
function numberedGroup(digits: string, groups: (string | undefined)[]): string | undefined {
  const length =
    Array.from(digits.slice(0, LONGEST_NUMBER)).findLastIndex(
      (_, index) => Number(digits.slice(0, index + 1)) < groups.length,
    ) + 1;
  return length === 0 ? undefined : (groups[Number(digits.slice(0, length))] ?? "") + digits.slice(length);
}

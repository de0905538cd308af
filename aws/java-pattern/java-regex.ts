import { MappingTemplateError } from "../velocity/mapping-template-error";
import { translateJavaRegex } from "./translate-java-regex";

/** Templates bring few patterns; the bound is for those put together from what callers send. */
const MAX_CACHED = 500;

const cache = new Map<string, JavaRegex>();

/** A compiled Java regular expression, with the methods of `java.lang.String` that take one. */
export class JavaRegex {
  private readonly anywhere: RegExp;
  private readonly whole: RegExp;

  private constructor(pattern: string) {
    const { source, flags } = translateJavaRegex(pattern);
    try {
      this.anywhere = new RegExp(source, flags);
      this.whole = new RegExp(`(?<![^])(?:${source})(?![^])`, flags);
    } catch (error) {
      throw new MappingTemplateError(`regular expression ${pattern}: ${String(error)}`, { cause: error });
    }
  }

  /** @throws MappingTemplateError for a pattern that is not understood */
  static compile(pattern: string): JavaRegex {
    const known = cache.get(pattern);
    if (known) {
      return known;
    }
    const regex = new JavaRegex(pattern);
    if (cache.size >= MAX_CACHED) {
      cache.clear();
    }
    cache.set(pattern, regex);
    return regex;
  }

  /** Whether the whole text matches. */
  matches(text: string): boolean {
    this.whole.lastIndex = 0;
    return this.whole.test(text);
  }

  replaceAll(text: string, replacement: string): string {
    return this.replace(text, [...text.matchAll(this.anywhere)], replacement);
  }

  replaceFirst(text: string, replacement: string): string {
    this.anywhere.lastIndex = 0;
    const found = this.anywhere.exec(text);
    return this.replace(text, found ? [found] : [], replacement);
  }

  /** At most `limit` parts if it is positive; 0 drops the empty parts at the end. */
  split(text: string, limit: number): string[] {
    const parts: string[] = [];
    let start = 0;
    for (const found of text.matchAll(this.anywhere)) {
      const end = found.index + found[0].length;
      const isLast = limit > 0 && parts.length === limit - 1;
      if (isLast) {
        break;
      }
      // Java makes no empty part of an empty match, neither at the start nor at the end.
      if (end > 0 && !(found[0] === "" && found.index === text.length)) {
        parts.push(text.slice(start, found.index));
        start = end;
      }
    }
    parts.push(text.slice(start));
    return limit === 0 ? withoutTrailingEmpty(parts) : parts;
  }

  private replace(text: string, found: RegExpExecArray[], replacement: string): string {
    let result = "";
    let start = 0;
    for (const match of found) {
      result += text.slice(start, match.index) + expand(replacement, match);
      start = match.index + match[0].length;
    }
    return result + text.slice(start);
  }
}

function withoutTrailingEmpty(parts: string[]): string[] {
  const last = parts.findLastIndex((part) => part !== "");
  return last < 0 && parts.length === 1 ? parts : parts.slice(0, last + 1);
}

/** Java's replacement text: `$1`, `${name}`, and `\` before what is meant literally. */
function expand(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(
    /\\([^]?)|\$(?:(\d+)|\{(\w+)\})?/g,
    (all: string, escaped?: string, digits?: string, name?: string) => {
      if (escaped) {
        return escaped;
      }
      const group = digits === undefined ? undefined : numberedGroup(digits, match);
      const value =
        name === undefined
          ? group
          : match.groups && name in match.groups
            ? (match.groups[name] ?? "")
            : undefined;
      if (value === undefined) {
        throw new MappingTemplateError(`replacement ${replacement}: ${all} means nothing`);
      }
      return value;
    },
  );
}

/** Java takes as many digits as still name a group. */
function numberedGroup(digits: string, match: RegExpExecArray): string | undefined {
  const length =
    Array.from(digits).findLastIndex((_, index) => Number(digits.slice(0, index + 1)) < match.length) + 1;
  return length === 0 ? undefined : (match[Number(digits.slice(0, length))] ?? "") + digits.slice(length);
}

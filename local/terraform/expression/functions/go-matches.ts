import { type Matcher, RE2JS } from "re2js";
import { ExpressionError } from "../expression-error";
import { messageOf } from "../../../../errors/mistake";

/** One match of a pattern; what did not take part is null. */
export interface GoMatch {
  readonly start: number;
  readonly end: number;
  /** The whole match, then its groups in order. */
  readonly groups: readonly (string | null)[];
  readonly named: Readonly<Record<string, string | null>>;
}

/**
 * Each match of one of Go's regular expressions, as Go finds them. The engine is RE2's, as Go's is: no pattern takes more
 * time than the text is long.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function* goMatches(pattern: string, text: string): Generator<GoMatch, undefined> {
  const compiled = compile(pattern);
  const names = Object.entries(compiled.namedGroups());
  const matcher = compiled.matcher(text);
  let last: number | undefined;
  while (matcher.find()) {
    // Unlike Java, Go passes over an empty match right behind another one.
    if (matcher.start() === matcher.end() && matcher.end() === last) continue;
    last = matcher.end();
    yield matchOf(matcher, names);
  }
}

/** Terraform refuses to capture by a pattern in which some groups have names and others have none. */
export function refuseMixedGroups(pattern: string): void {
  const compiled = compile(pattern);
  const named = Object.keys(compiled.namedGroups()).length;
  if (named > 0 && named < compiled.groupCount()) {
    throw new ExpressionError("some groups of the pattern have names, and others have none");
  }
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw new ExpressionError(messageOf(error));
  }
}

function matchOf(matcher: Matcher, names: readonly (readonly [string, number])[]): GoMatch {
  const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index));
  const named = Object.fromEntries(names.map(([name, index]) => [name, groups[index] ?? null]));
  return { start: matcher.start(), end: matcher.end(), groups, named };
}

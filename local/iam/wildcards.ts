import { hasStandIn, withoutStandIns } from "../../aws/stand-in-text";
import type { Certainty } from "./certainty";

/** What is known of a request, by condition key; a key that is not here counts as absent. */
export type ContextKeys = Readonly<Record<string, string>>;

const anyCharacters = Symbol("*");
const oneCharacter = Symbol("?");
type Token = string | typeof anyCharacters | typeof oneCharacter;

/**
 * Whether a text matches a pattern of IAM: `*` is any characters, `/` and `:` included, `?` is any one. With a
 * context, policy variables (`${aws:SourceAccount}`, with a default: `${aws:PrincipalTag/team, 'none'}`) are filled in;
 * a pattern with a variable that has no value matches nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function matchesWildcards(pattern: string, text: string, context?: ContextKeys): boolean {
  if (pattern === "*") return true;
  const tokens = tokenize(pattern, context);
  return tokens !== undefined && matchTokens(tokens, text);
}

/** As {@link matchesWildcards}, where the pattern or the text may have parts which only an apply knows: they may be anything. */
export function mayMatch(pattern: string, text: string, context?: ContextKeys): Certainty {
  if (matchesWildcards(pattern, text, context)) return true;
  if (!hasStandIn(pattern) && !hasStandIn(text)) return false;
  const wanted = tokenize(withoutStandIns(pattern, "*"), context);
  const open = tokenize(withoutStandIns(text, "*"), undefined);
  return wanted !== undefined && open !== undefined && overlap(wanted, open) ? undefined : false;
}

/** Is there a text that two patterns match? A row tells, for as much of the first one, how much of the other goes with it. */
function overlap(one: readonly Token[], other: readonly Token[]): boolean {
  let row = [true];
  for (const token of other) row.push(row.at(-1) === true && token === anyCharacters);
  for (const token of one) {
    const next = [token === anyCharacters && row[0] === true];
    for (const [index, opposite] of other.entries()) {
      const isOpen = token === anyCharacters || opposite === anyCharacters;
      const isSame = token === opposite || token === oneCharacter;
      next.push(isOpen ? row[index + 1] === true || next[index] === true : row[index] === true && isSame);
    }
    row = next;
  }
  return row.at(-1) === true;
}

/** Parts of a pattern: a variable, or one character. */
const PARTS = /\$\{[^}]*\}|./gsu;

function tokenize(pattern: string, context: ContextKeys | undefined): Token[] | undefined {
  const tokens: Token[] = [];
  for (const part of pattern.match(PARTS) ?? []) {
    if (part === "*") tokens.push(anyCharacters);
    else if (part === "?") tokens.push(oneCharacter);
    else if (context === undefined || !part.startsWith("${")) tokens.push(...Array.from(part));
    else {
      const value = variableValue(part.slice(2, -1), context);
      if (value === undefined) return undefined;
      // What a variable stands for is literal: its own `*` and `?` are no wildcards.
      tokens.push(...Array.from(value));
    }
  }
  return tokens;
}

/** Goes back to the last `*` only: callers choose the text, and a regular expression could take very long on it. */
function matchTokens(tokens: readonly Token[], text: string): boolean {
  const characters = Array.from(text);
  let token = 0;
  let character = 0;
  let lastStar = -1;
  let afterStar = 0;
  while (character < characters.length) {
    const expected = tokens[token];
    if (expected === anyCharacters) {
      lastStar = token++;
      afterStar = character;
    } else if (expected === oneCharacter || (expected !== undefined && expected === characters[character])) {
      token++;
      character++;
    } else if (lastStar !== -1) {
      token = lastStar + 1;
      character = ++afterStar;
    } else {
      return false;
    }
  }
  while (tokens[token] === anyCharacters) token++;
  return token === tokens.length;
}

function variableValue(variable: string, context: ContextKeys): string | undefined {
  if (variable === "*" || variable === "?" || variable === "$") return variable;
  const [, name = "", fallback] = /^([^,]*?)\s*(?:,\s*'(.*)'\s*)?$/s.exec(variable) ?? [];
  return contextValue(context, name) ?? fallback;
}

/** The value of a condition key; their names are not case-sensitive. */
export function contextValue(context: ContextKeys, key: string): string | undefined {
  if (Object.hasOwn(context, key)) return context[key];
  const lowerCase = key.toLowerCase();
  for (const name in context) if (name.toLowerCase() === lowerCase) return context[name];
  return undefined;
}

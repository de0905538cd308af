/** What is known of a request, by condition key; a key that is not here counts as absent. */
export type ContextKeys = Readonly<Record<string, string>>;

export const anyCharacters = Symbol("*");
export const oneCharacter = Symbol("?");

/** A character of a pattern, or what stands for characters. */
export type Token = string | typeof anyCharacters | typeof oneCharacter;

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

/** Parts of a pattern: a variable, or one character. */
const PARTS = /\$\{[^}]*\}|./gsu;

/** Undefined where a variable has no value. */
export function tokenize(pattern: string, context: ContextKeys | undefined): Token[] | undefined {
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

import { hasStandIn, withoutStandIns } from "../../aws/stand-in-text";
import {
  anyCharacters,
  type ContextKeys,
  matchesWildcards,
  oneCharacter,
  type Token,
  tokenize,
} from "../../aws/wildcards";
import type { Certainty } from "./certainty";

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

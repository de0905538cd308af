import { distance } from "fastest-levenshtein";
import { mistakeText, shown } from "./mistake";

/** The known key that `key` is most likely a slip of; undefined where none is alike. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, steps: distance(key.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  return best && best.steps <= Math.max(key.length, best.name.length) / 2 ? best.name : undefined;
}

/** Text about a key that is known nowhere, with the nearest known one before all others. `quote` is what stands around names. */
export function unknownKey(key: string, known: readonly string[], quote = '"'): string {
  const near = nearest(key, known);
  const all = `nown here: ${known.join(", ")}`;
  const allowed = near === undefined ? `k${all}` : `did you mean ${quote}${near}${quote}? K${all}`;
  return mistakeText({
    wrong: "is not a setting",
    got: shown(key),
    allowed,
    mend: "Correct the name, or drop it.",
  });
}

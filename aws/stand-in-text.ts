/** By what a text tells that it stands for another one, which only an apply knows. */
const STAND_IN = /stand-in-[a-z\d]{12}/gi;

/** Does a text have a part that only an apply knows? */
export function hasStandIn(text: string): boolean {
  return standInsOf(text).length > 0;
}

/** The parts of a text that only an apply knows, each once. */
export function standInsOf(text: string): readonly string[] {
  return [...new Set(text.match(STAND_IN))];
}

/** A text with something else in the place of each part that only an apply knows. */
export function withoutStandIns(text: string, replacement: string): string {
  return text.replaceAll(STAND_IN, replacement);
}

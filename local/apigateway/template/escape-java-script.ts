const SHORT: Record<string, string> = {
  "\b": "\\b",
  "\n": "\\n",
  "\t": "\\t",
  "\f": "\\f",
  "\r": "\\r",
  "'": "\\'",
  '"': '\\"',
  "\\": "\\\\",
  "/": "\\/",
};

const UNSAFE = /[^\x20-\x7e]|['"\\/]/g;

/**
 * Escapes text for a JavaScript string as Commons Lang does. `'` becomes `\'`, which JSON does not allow; AWS's documentation
 * tells users to turn it back.
 */
export function escapeJavaScript(text: string): string {
  return text.replace(UNSAFE, (character) => SHORT[character] ?? unicodeEscape(character));
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

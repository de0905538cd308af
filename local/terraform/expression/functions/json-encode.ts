import { isObject, sortedKeys, toPlain, toText } from "../value";

const HTML: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** As Go's encoder does it: keys in order, and the characters that matter to HTML escaped. */
export function jsonEncode(value: unknown): string {
  return jsonText(toPlain(value));
}

/** Not by `JSON.stringify`, which puts keys that are numbers first and writes exponents. */
function jsonText(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (isObject(value)) {
    return `{${sortedKeys(value)
      .map((key) => `${jsonText(key)}:${jsonText(value[key])}`)
      .join(",")}}`;
  }
  const text = toText(value);
  if (typeof value !== "string") return text;
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => HTML[character] ?? "");
}

import { createHash } from "node:crypto";
import { ExpressionError } from "../expression-error";
import type { TerraformFunction } from "../expression";
import { isObject, sortedKeys, toPlain, toText } from "../value";

/** JSON, base 64, URL encoding and hashes. @see https://developer.hashicorp.com/terraform/language/functions */
export const ENCODING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  jsonencode: jsonEncode,
  jsondecode: (text) => jsonDecode(toText(text)),
  base64encode: (text) => Buffer.from(toText(text)).toString("base64"),
  base64decode: (text) => Buffer.from(toText(text), "base64").toString("utf8"),
  urlencode: (text) => urlEncode(toText(text)),
  md5: (text) => hash("md5", toText(text)),
  sha1: (text) => hash("sha1", toText(text)),
  sha256: (text) => hash("sha256", toText(text)),
  sha512: (text) => hash("sha512", toText(text)),
  base64sha256: (text) => createHash("sha256").update(toText(text)).digest("base64"),
};

const HTML: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** As Go's encoder does it: keys in order, and the characters that matter to HTML escaped. */
export function jsonEncode(value: unknown): string {
  return JSON.stringify(inKeyOrder(toPlain(value))).replace(
    /[<>&\u2028\u2029]/g,
    (character) => HTML[character] ?? "",
  );
}

function inKeyOrder(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (!isObject(value)) return value;
  return Object.fromEntries(sortedKeys(value).map((key) => [key, inKeyOrder(value[key])]));
}

function jsonDecode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ExpressionError(error instanceof Error ? error.message : "not JSON");
  }
}

/** As Go's `url.QueryEscape`: all but letters, digits and `-_.~` is escaped, a space becomes `+`. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function hash(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest("hex");
}

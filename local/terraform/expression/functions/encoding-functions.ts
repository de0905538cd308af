import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { ExpressionError } from "../expression-error";
import type { TerraformFunction } from "../expression";
import { isObject, ofTexts, sortedKeys, toPlain, toText } from "../value";

/** JSON, base 64, URL encoding and hashes. @see https://developer.hashicorp.com/terraform/language/functions */
export const ENCODING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  jsonencode: jsonEncode,
  jsondecode: ofTexts(jsonDecode),
  base64encode: ofTexts((text) => Buffer.from(text).toString("base64")),
  base64decode: ofTexts(base64Decode),
  urlencode: ofTexts(urlEncode),
  md5: hash("md5"),
  sha1: hash("sha1"),
  sha256: hash("sha256"),
  sha512: hash("sha512"),
  base64sha256: hash("sha256", "base64"),
};

const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

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

function jsonDecode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ExpressionError(error instanceof Error ? error.message : "not JSON");
  }
}

function base64Decode(text: string): string {
  if (!BASE64.test(text)) throw new ExpressionError("the text is not base 64");
  const bytes = Buffer.from(text, "base64");
  if (!isUtf8(bytes)) throw new ExpressionError("the bytes are not UTF-8");
  return bytes.toString("utf8");
}

/** As Go's `url.QueryEscape`: all but letters, digits and `-_.~` is escaped, a space becomes `+`. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function hash(algorithm: string, encoding: "hex" | "base64" = "hex"): TerraformFunction {
  return ofTexts((text) => createHash(algorithm).update(text).digest(encoding));
}

import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import type { JavaObject } from "../../velocity/introspection";
import { weightOf } from "../../velocity/render-frame";
import { valueText } from "../../velocity/value-text";
import { parseJson } from "../json/parse-json";

/** The methods of `$util`. What types they take on AWS has no recording: here each takes the text of any value. */
export const UTIL_METHODS = new Map<string, (text: string) => unknown>([
  ["escapeJavaScript", escapeJavaScript],
  ["parseJson", (text) => parseJson(text) ?? null],
  ["urlEncode", formEncode],
  ["urlDecode", formDecode],
  ["base64Encode", (text) => Buffer.from(text, "utf8").toString("base64")],
  ["base64Decode", (text) => Buffer.from(text, "base64").toString("utf8")],
]);

/** How much longer a method takes for a text than to copy it. */
const WEIGHTS: Readonly<Record<string, number>> = {
  parseJson: 24,
  escapeJavaScript: 16,
  urlDecode: 16,
  urlEncode: 8,
};

/**
 * `$util`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export class UtilObject implements JavaObject {
  public readonly templateName = "$util";

  public property(): null {
    return null;
  }

  public weight(name: string, args: readonly unknown[]): number {
    return weightOf(args[0]) * (WEIGHTS[name] ?? 1);
  }

  public call(name: string, args: readonly unknown[]): unknown {
    return UTIL_METHODS.get(name)?.(valueText(args[0]));
  }
}

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
function escapeJavaScript(text: string): string {
  return text.replace(
    UNSAFE,
    (unit) => SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What stays as it is, such as an id. */
const PLAIN = /^[\w*.-]*$/;
/** What Java encodes and JavaScript does not. */
const MORE = /[!'()~]/;
const EACH_MORE = new RegExp(MORE, "g");
/** From here on, bytes are quicker. */
const LONG_TEXT = 4096;
const HEX = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`);
/** What stands for a byte that is not escaped; 0 for others. */
const PASSING = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 0x20 ? 0x2b : /[\w*.-]/.test(String.fromCharCode(byte)) ? byte : 0,
);
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Java's `URLEncoder.encode` in UTF-8: letters, digits and `*-_.` pass, a space becomes `+`, and half of a surrogate pair
 * becomes `%3F`, an encoded question mark.
 */
function formEncode(text: string): string {
  if (text.length > LONG_TEXT) return encodedBytes(text);
  if (PLAIN.test(text)) return text;
  const encoded = percentEncode(text).replaceAll("%20", "+");
  return MORE.test(encoded) ? encoded.replaceAll(EACH_MORE, hexOf) : encoded;
}

function hexOf(character: string): string {
  return HEX[character.charCodeAt(0)] ?? "";
}

/** Byte by byte: where much is replaced, the other way takes seconds for 10 MiB. */
function encodedBytes(text: string): string {
  const bytes = Buffer.from(/[\ud800-\udfff]/.test(text) ? text.replace(LONE_SURROGATE, "?") : text);
  const encoded = Buffer.allocUnsafe(bytes.length * 3);
  let length = 0;
  for (const byte of bytes) {
    const passing = PASSING[byte] ?? 0;
    if (passing === 0) length += encoded.write(HEX[byte] ?? "", length, "latin1");
    else encoded[length++] = passing;
  }
  return encoded.toString("latin1", 0, length);
}

function percentEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(text.replace(LONE_SURROGATE, "?"));
  }
}

/**
 * Java's `URLDecoder.decode` in UTF-8: `+` is a space, bytes that are no UTF-8 become U+FFFD.
 *
 * @throws MappingTemplateError for a `%` that two hexadecimal digits do not follow
 */
function formDecode(text: string): string {
  const incomplete = /%(?![0-9a-fA-F]{2})/.exec(text);
  if (incomplete) {
    throw new MappingTemplateError(`$util.urlDecode: incomplete escape at character ${incomplete.index}`);
  }
  return text
    .replaceAll("+", " ")
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8"),
    );
}

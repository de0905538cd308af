import { createHmac } from "node:crypto";
import type { HmacSignature } from "../sender";

/** What `{…}` stands for in what is signed. */
export interface SignedParts {
  readonly body: string | Uint8Array;
  readonly url: string;
  readonly method: string;
  /** As the header has it. */
  readonly timestamp: string;
  readonly id: string;
}

/** The HMAC of a request, in the encoding in which its header has it. */
export function hmacOf(
  signature: HmacSignature,
  secret: string,
  partOf: (name: keyof SignedParts) => string | Uint8Array,
): string {
  const hmac = createHmac(signature.hash, keyOf(signature, secret));
  signature.signed.split(/\{(\w+)\}/).forEach((piece, index) => {
    hmac.update(index % 2 === 0 ? piece : partOf(piece as keyof SignedParts));
  });
  return hmac.digest(signature.encoding);
}

function keyOf({ key = "text" }: HmacSignature, secret: string): Buffer {
  if (key === "text") return Buffer.from(secret);
  return key === "hex" ? Buffer.from(secret, "hex") : Buffer.from(secret.replace(/^whsec_/, ""), "base64");
}

/** Is a secret a key in its form? What is none decodes to a shorter key, down to an empty one, with which anybody can sign. */
export function isKey(secret: string, form: HmacSignature["key"] = "text"): boolean {
  if (form === "text") return /\S/.test(secret);
  if (form === "hex") return /^([0-9a-f]{2})+$/i.test(secret);
  return /^[\w+/-]+={0,2}$/.test(secret.replace(/^whsec_/, ""));
}

/** The header's value with a signature in it. */
export function headerValue(
  { value = "{signature}" }: HmacSignature,
  hmac: string,
  timestamp: string,
): string {
  return value.replace("{timestamp}", () => timestamp).replace("{signature}", () => hmac);
}

/** Of two times a library may take the one for signed, and the check of freshness the other: then there is none. */
function only(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}

/** What a signature's header says. */
export interface ReadHeader {
  /** More than one while a secret is replaced by another. */
  readonly hmacs: readonly string[];
  readonly timestamp?: string | undefined;
}

/** Takes a header apart as its data says; what is of another version in it is left out. */
export function readHeader({ value = "{signature}", separator }: HmacSignature, text: string): ReadHeader {
  // `t={timestamp},v1={signature}`: the parts are told by what is before them, and may come in any order.
  const hasTime = value.includes("{timestamp}");
  const between = hasTime ? /\s*[,;]\s*/ : (separator ?? /$^/);
  const parts = text.split(between);
  const templates = hasTime ? value.split(/\s*[,;]\s*/) : [value];
  const valuesOf = (placeholder: string) => {
    const template = templates.find((each) => each.includes(placeholder)) ?? placeholder;
    const [before = "", after = ""] = template.split(placeholder);
    return parts
      .filter((part) => part.startsWith(before) && part.endsWith(after))
      .map((part) => part.slice(before.length, part.length - after.length));
  };
  return { hmacs: valuesOf("{signature}"), timestamp: hasTime ? only(valuesOf("{timestamp}")) : undefined };
}

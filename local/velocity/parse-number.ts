import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * A whole number as Java's `parseInt` and `parseLong` read it.
 *
 * @throws MappingTemplateError for other text, and for numbers out of range
 */
export function parseWhole(text: string, radix: number, least: bigint, greatest: bigint): bigint {
  const [, sign, digits = ""] = /^([+-]?)([0-9a-z]+)$/.exec(text.toLowerCase()) ?? [];
  const allowed = radix >= 2 && radix <= 36 ? DIGITS.slice(0, radix) : "";
  if (digits === "" || digits.split("").some((digit) => !allowed.includes(digit))) throw numberFormat(text);
  const magnitude = magnitudeOf(digits, radix, greatest);
  const value = sign === "-" ? -magnitude : magnitude;
  if (value < least || value > greatest) throw numberFormat(text);
  return value;
}

/** It stops at the first digit too many: callers may send millions of them. */
function magnitudeOf(digits: string, radix: number, greatest: bigint): bigint {
  let value = 0n;
  for (const digit of digits) {
    value = value * BigInt(radix) + BigInt(Number.parseInt(digit, 36));
    if (value > greatest + 1n) return value;
  }
  return value;
}

const DECIMAL = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?[fd]?|NaN|Infinity)$/i;

/**
 * A number as Java's `parseDouble` reads it; hexadecimal notation is left out.
 *
 * @throws MappingTemplateError for other text
 */
export function parseDouble(text: string): number {
  const trimmed = text.trim();
  if (!DECIMAL.test(trimmed) || /^[+-]?(?:nan|infinity)$/i.test(trimmed) !== /NaN|Infinity/.test(trimmed)) {
    throw numberFormat(text);
  }
  return Number(trimmed.replace(/^[+-](?=NaN)/, "").replace(/[fd]$/i, ""));
}

function numberFormat(text: string): MappingTemplateError {
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  return new MappingTemplateError(`NumberFormatException: For input string: "${shown}"`);
}

/** `0x1F`, `#1F` and `017` beside decimal numbers. */
export function decode(text: string, parse: (text: string, radix: number) => bigint): bigint {
  const [, sign = "", hex, octal, decimal = ""] = /^([+-]?)(?:(?:0[xX]|#)(.*)|0(.+)|(.*))$/s.exec(text) ?? [];
  const digits = hex ?? octal ?? decimal;
  if (/^[+-]/.test(digits)) {
    throw new MappingTemplateError("NumberFormatException: Sign character in wrong position");
  }
  return parse(sign + digits, hex !== undefined ? 16 : octal !== undefined ? 8 : 10);
}

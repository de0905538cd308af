import { type ObjectValue, isObject } from "../expression/value";
import { StackError } from "../stack-error";

const LONG_NUMBER = /\d{16,}/g;

/**
 * A parsed document whose whole numbers beyond those that JavaScript keeps are texts of the digits that `text` has for
 * them: Terraform takes either where a number or a text is wanted.
 */
export function withExactNumbers(content: ObjectValue, text: string, file: string): ObjectValue {
  const written = new Set(text.match(LONG_NUMBER));
  return written.size === 0 ? content : exactIn(content, written, file);
}

function exactIn(object: ObjectValue, written: ReadonlySet<string>, file: string): ObjectValue {
  const entries = Object.entries(object);
  return Object.fromEntries(entries.map(([key, value]) => [key, exact(value, written, file)]));
}

function exact(value: unknown, written: ReadonlySet<string>, file: string): unknown {
  if (Array.isArray(value)) return value.map((item) => exact(item, written, file));
  if (isObject(value)) return exactIn(value, written, file);
  return typeof value === "number" && Number.isInteger(value) ? exactNumber(value, written, file) : value;
}

function exactNumber(value: number, written: ReadonlySet<string>, file: string): unknown {
  if (Number.isSafeInteger(value)) return value;
  const [digits, ...others] = Array.from(written).filter((one) => Number(one) === Math.abs(value));
  if (digits === undefined) return value;
  const isKept = BigInt(digits) === BigInt(Math.abs(value));
  if (others.length === 0) return isKept ? value : `${value < 0 ? "-" : ""}${digits}`;
  throw new StackError({
    address: file,
    wrong: "has long numbers that the local gateway can't tell apart",
    got: [digits, ...others].join(", "),
    mend: "Write them as texts, in quotes",
  });
}

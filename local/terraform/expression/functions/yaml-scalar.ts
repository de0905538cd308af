import { ExpressionError } from "../expression-error";
import { LENIENT, parseTimestamp, timestampText } from "./timestamp";

const TAG = "tag:yaml.org,2002:";

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
    (word) => [word, true] as const,
  ),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(
    (word) => [word, false] as const,
  ),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
]);

const INTEGER = /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const DATE = /^(\d{4})-(\d\d?)-(\d\d?)(?:([Tt ])(\d\d?):(\d\d?):(\d\d?)([.,]\d+)?(Z|[-+]\d\d:\d\d)?)?$/;

/** What starts otherwise is text. */
const MEANS_MORE = /^(?:$|[-+\d.~yYnNtTfFoO])/;

/**
 * What a scalar of YAML is to Terraform: a tag counts only for what its text does not tell.
 * @param plain it stands without quotes, and on a line
 * @see https://github.com/zclconf/go-cty-yaml/blob/master/resolve.go
 */
export function yamlScalar(text: string, plain: boolean, tag?: string): unknown {
  const kind = tag?.startsWith(TAG) === true ? tag.slice(TAG.length) : tag;
  if (kind !== undefined && !KINDS.includes(kind)) {
    throw new ExpressionError(`the tag ${tag} is not supported`);
  }
  if (kind === "str") return text;
  if (kind === "binary") return base64(text);
  if (MEANS_MORE.test(text)) {
    const value = plain ? resolved(text, kind) : text;
    if (value !== undefined) return value;
  }
  if (kind === "null") return null;
  if (kind === undefined) return text;
  throw new ExpressionError(`${JSON.stringify(text)} is no ${kind}`);
}

const KINDS: readonly string[] = ["str", "binary", "bool", "int", "float", "null", "timestamp"];

function resolved(text: string, kind: string | undefined): unknown {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (/^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(text)) {
    throw new ExpressionError(`${text} is no number that can be reckoned with`);
  }
  const isTime = kind === undefined || kind === "timestamp";
  return (isTime ? timestampOf(text) : undefined) ?? numberOf(text);
}

function numberOf(text: string): number | undefined {
  if (/^0[xo]/.test(text) && INTEGER.test(text)) return finite(Number(text), text);
  return INTEGER.test(text) || FLOAT.test(text) ? finite(Number(text), text) : undefined;
}

function finite(number: number, text: string): number {
  if (Number.isFinite(number)) return number;
  throw new ExpressionError(`${text} is a larger number than the local gateway keeps`);
}

/** Dates become timestamps as the functions for them take. */
function timestampOf(text: string): string | undefined {
  const [whole, year, month = "", day = "", separator, ...time] = DATE.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const [hour = "0", minute = "0", second = "0", fraction = "", zone] = time;
  // With a T there is a zone, with a space there is none.
  if (separator !== undefined && (separator === " ") !== (zone === undefined)) return undefined;
  const two = (part: string): string => part.padStart(2, "0");
  const date = `${year}-${two(month)}-${two(day)}`;
  try {
    const clock = `${two(hour)}:${two(minute)}:${two(second)}`;
    return timestampText(parseTimestamp(`${date}T${clock}${fraction}${zone ?? "Z"}`, LENIENT));
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

function base64(text: string): string {
  const joined = text.replace(/[\r\n]/g, "");
  if (Buffer.from(joined, "base64").toString("base64") === joined) return text;
  throw new ExpressionError(`${JSON.stringify(text)} is not base 64`);
}

import { JavaDouble } from "../../../aws/velocity/java-number";
import { JavaList } from "../../velocity/java-values";
import { jsonNumber } from "./java-decimal";

/**
 * JSON text as template values, read as leniently as json-smart's permissive mode does: no or single quotes, commas too many,
 * leading zeros, and whatever follows the first value. So text that is no JSON is a string, and only what starts like an
 * object, a list or a quoted string and does not end like one is undefined.
 *
 * That API Gateway reads so is inferred: forms and XML give their text, and maps and lists print as json-smart's do.
 * Maps keep their order whatever the keys look like, any key is safe, numbers keep their digits.
 * @see https://github.com/netplex/json-smart-v2
 */
export function parseJson(text: string): unknown {
  try {
    return new JsonReader(text).document();
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

class NotJson extends Error {}

/** What the text is taken to be followed by. It ends there as well where it holds this character itself. */
const END = "\x1a";
/** json-smart's own. */
const MAX_DEPTH = 400;

const SPACE = /[ \t\r\n]*/y;
const SPACE_OR_COMMA = /[ \t\r\n,]*/y;
const CONTROL_OR_SPACE = /[\0-\x19\x1b- ]*/y;
const NUMBER_START = /[-\d]/;
/** What most numbers are, and what nothing else is. */
const SHORT_INTEGER = /-?[1-9]\d{0,8}(?=,)/y;
const NUMBER = /-?\d*(?:\.\d*)?(?:[eE][-+\d]\d*)?/y;

/** What ends a text without quotes, by where it stands. */
const ENDS = {
  document: /\x1a/g,
  list: /[,\]\x1a]/g,
  map: /[,}\x1a]/g,
  key: /[:\x1a]/g,
} as const;

type Place = keyof typeof ENDS;

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", new JavaDouble(NaN)],
]);

class JsonReader {
  private position = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  public document(): unknown {
    return this.value("document");
  }

  private value(place: Place): unknown {
    this.skip(SPACE);
    const { current } = this;
    switch (current) {
      case "{":
        return this.nested(() => this.map());
      case "[":
        return this.nested(() => this.list());
      case '"':
      case "'":
        return this.quoted();
      case ":":
      case "}":
      case "]":
        throw new NotJson();
      case END:
        if (place !== "document") throw new NotJson();
    }
    if (NUMBER_START.test(current)) return this.number(place);
    const text = this.unquoted(place);
    return text.startsWith(current) && WORDS.has(text) ? WORDS.get(text) : text;
  }

  private get current(): string {
    return this.text[this.position] ?? END;
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.position;
    pattern.test(this.text);
    this.position = Math.max(this.position, pattern.lastIndex);
  }

  private skipSpace(): void {
    this.skip(CONTROL_OR_SPACE);
  }

  private nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new NotJson();
    this.position += 1;
    const value = read();
    this.position += 1;
    this.depth -= 1;
    return value;
  }

  private map(): Map<string, unknown> {
    const map = new Map<string, unknown>();
    for (;;) {
      this.skip(SPACE_OR_COMMA);
      if (this.current === "}") return map;
      if (/[:[\]{]/.test(this.current)) throw new NotJson();
      const key = /["']/.test(this.current) ? this.quoted() : this.unquoted("key");
      this.skipSpace();
      if (this.current !== ":") throw new NotJson();
      this.position += 1;
      map.set(key, this.value("map"));
      this.skipSpace();
      if (!/[,}]/.test(this.current)) throw new NotJson();
    }
  }

  private list(): JavaList {
    const items: unknown[] = [];
    for (;;) {
      this.skip(SPACE_OR_COMMA);
      if (this.current === "]") return new JavaList(items, "json");
      if (this.current === END) throw new NotJson();
      items.push(this.value("list"));
    }
  }

  private quoted(): string {
    const quote = this.current;
    const start = this.position + 1;
    let end = this.position;
    do {
      end = this.text.indexOf(quote, end + 1);
      if (end < 0) throw new NotJson();
    } while (this.isEscaped(end));
    this.position = end + 1;
    const raw = this.text.slice(start, end);
    return raw.includes("\\") ? (strictly(quote, raw) ?? unescape(raw)) : raw;
  }

  private isEscaped(position: number): boolean {
    let start = position;
    while (this.text[start - 1] === "\\") start -= 1;
    return (position - start) % 2 === 1;
  }

  /** Up to what ends it here, with no space around it. */
  private unquoted(place: Place, start = this.position): string {
    const end = ENDS[place];
    end.lastIndex = this.position;
    this.position = end.exec(this.text)?.index ?? this.text.length;
    return trim(this.text.slice(start, this.position));
  }

  /** A number, or what starts like one and is a text. */
  private number(place: Place): unknown {
    const start = this.position;
    if (place !== "document") {
      this.skip(SHORT_INTEGER);
      if (this.position > start) return Number(this.text.slice(start, this.position));
    }
    this.skip(NUMBER);
    const written = this.text.slice(start, this.position);
    const isText = !/[eE]/.test(written) && /[eE]/.test(this.current);
    this.skipSpace();
    if (isText || !(this.current > "}" || this.endsHere(place))) return this.unquoted(place, start);
    const value = jsonNumber(written);
    if (value === undefined) throw new NotJson();
    return value;
  }

  private endsHere(place: Place): boolean {
    ENDS[place].lastIndex = 0;
    return ENDS[place].test(this.current);
  }
}

/** A long text by the engine's own reader, which is much faster; undefined where it needs leniency. */
function strictly(quote: string, raw: string): string | undefined {
  if (quote === "'" || raw.length < 1000) return undefined;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return undefined;
  }
}

/** What a letter behind a backslash stands for. */
export const JSON_ESCAPES: Readonly<Record<string, string>> = {
  t: "\t",
  n: "\n",
  r: "\r",
  f: "\f",
  b: "\b",
};

/**
 * A text with escapes in it loses its raw control characters, and escapes that JSON does not have. Not U+007F, which json-smart
 * drops as well: JSON allows it, and what is valid JSON arrives unchanged.
 */
function unescape(raw: string): string {
  return raw.replaceAll(
    /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|([^]))|[\0-\x1f]/g,
    (all: string, unicode?: string, byte?: string, escaped?: string) => {
      const code = unicode ?? byte;
      if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
      if (all === END || escaped === "u" || escaped === "x") throw new NotJson();
      return escaped === undefined ? "" : (JSON_ESCAPES[escaped] ?? (/["'\\/]/.test(escaped) ? escaped : ""));
    },
  );
}

const JAVA_SPACE = /[\t-\r\x1c- \u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]/;

function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end - 1 && JAVA_SPACE.test(text[start] ?? "")) start += 1;
  while (end - 1 > start && JAVA_SPACE.test(text[end - 1] ?? "")) end -= 1;
  return text.slice(start, end);
}

/** A payload as template values; what is no JSON, however lenient, is its text. */
export function payloadValue(body: string): unknown {
  const value = parseJson(body);
  return value === undefined ? body : value;
}

import { integerValue } from "../../aws/velocity/integer-value";
import { JavaDouble } from "../../aws/velocity/java-double";
import { JavaList } from "./java-list";

const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d+(\.\d+)?([eE][+-]?\d+)?)|(true|false|null))/y;

/**
 * JSON text as template values, which `JSON.parse` cannot give: maps keep their order whatever the keys look like, any key is
 * safe, integers stay exact and `1.0` stays a double. Undefined if it is not JSON.
 */
export function parseJson(text: string): unknown {
  try {
    // The library's parser decides what is JSON, so that the reading below may be lenient.
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? new JsonReader(text).value() : scalar(text.trim(), parsed);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

function scalar(token: string, parsed: unknown): unknown {
  if (typeof parsed !== "number") {
    return parsed;
  }
  return /[.eE]/.test(token) ? new JavaDouble(parsed) : integerValue(BigInt(token));
}

/** Reads text that is known to be JSON. */
class JsonReader {
  private position = 0;

  constructor(private readonly text: string) {}

  value(): unknown {
    const token = this.token();
    if (token === "{") {
      return this.map();
    }
    return token === "[" ? this.list() : scalar(token, JSON.parse(token));
  }

  private token(): string {
    TOKEN.lastIndex = this.position;
    const [whole = ""] = TOKEN.exec(this.text) ?? [];
    this.position += whole.length;
    return whole.trimStart();
  }

  private acceptEnd(end: string): boolean {
    const start = this.position;
    const found = this.token() === end;
    if (!found) {
      this.position = start;
    }
    return found;
  }

  private map(): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    if (this.acceptEnd("}")) {
      return map;
    }
    do {
      const key: unknown = JSON.parse(this.token());
      this.token();
      map.set(key, this.value());
    } while (this.token() === ",");
    return map;
  }

  private list(): JavaList {
    const items: unknown[] = [];
    if (!this.acceptEnd("]")) {
      do {
        items.push(this.value());
      } while (this.token() === ",");
    }
    return new JavaList(items, "json");
  }
}

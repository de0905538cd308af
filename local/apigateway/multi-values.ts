/**
 * Values by name where a name may occur more than once: headers and query parameters. Kept as they came, since most
 * requests are asked for a few of them only.
 */
export class MultiValues {
  /** @param pairs names and values in turn */
  constructor(private readonly pairs: readonly string[]) {}

  /** All values under exactly this name. */
  public all(name: string): readonly string[] | undefined {
    const values: string[] = [];
    for (let index = 0; index < this.pairs.length; index += 2) {
      if (this.pairs[index] === name) values.push(this.pairs[index + 1] ?? "");
    }
    return values.length === 0 ? undefined : values;
  }

  /** The last value under exactly this name: what API Gateway's single-value maps hold. */
  public last(name: string): string | undefined {
    for (let index = this.pairs.length - 2; index >= 0; index -= 2) {
      if (this.pairs[index] === name) return this.pairs[index + 1];
    }
    return undefined;
  }

  /** All values under this name in any case. */
  public allIgnoringCase(name: string): readonly string[] {
    const wanted = name.toLowerCase();
    const values: string[] = [];
    for (let index = 0; index < this.pairs.length; index += 2) {
      const key = this.pairs[index] ?? "";
      if (key.length === wanted.length && key.toLowerCase() === wanted) {
        values.push(this.pairs[index + 1] ?? "");
      }
    }
    return values;
  }

  /** The last value under this name in any case. */
  public lastIgnoringCase(name: string): string | undefined {
    const wanted = name.toLowerCase();
    for (let index = this.pairs.length - 2; index >= 0; index -= 2) {
      const key = this.pairs[index] ?? "";
      if (key.length === wanted.length && key.toLowerCase() === wanted) return this.pairs[index + 1];
    }
    return undefined;
  }

  /** The last value by name, without the names in `hidden` (lower case). */
  public toSingleValues(hidden?: ReadonlySet<string>): Record<string, string> {
    const record = Object.create(null) as Record<string, string>;
    for (let index = 0; index < this.pairs.length; index += 2) {
      const name = this.pairs[index] ?? "";
      if (hidden?.has(name.toLowerCase()) !== true) record[name] = this.pairs[index + 1] ?? "";
    }
    return record;
  }

  public toMultiValues(): Record<string, readonly string[]> {
    const names = new Set(this.pairs.filter((_, index) => index % 2 === 0));
    return Object.fromEntries([...names].map((name) => [name, this.all(name) ?? []]));
  }
}

export const NO_VALUES = new MultiValues([]);

/** Reads headers, names and values in turn. Node reads header bytes as Latin-1; callers send UTF-8. */
export function parseHeaders(rawHeaders: readonly string[]): MultiValues {
  return new MultiValues(rawHeaders.some(isBeyondAscii) ? rawHeaders.map(latin1ToUtf8) : rawHeaders);
}

const BEYOND_ASCII = /[\u0080-\u00ff]/;

function isBeyondAscii(text: string): boolean {
  return BEYOND_ASCII.test(text);
}

function latin1ToUtf8(text: string): string {
  return isBeyondAscii(text) ? Buffer.from(text, "latin1").toString("utf8") : text;
}

/**
 * Reads a query string: `+` is a space, `%XX` is decoded as UTF-8, `&` separates.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 * `;` separates too, as there. Left out: API Gateway's refusal of an unencoded `|`.
 */
export function parseQuery(queryString: string): MultiValues {
  if (queryString === "") return NO_VALUES;
  return new MultiValues(parseQueryPairs(queryString, /[&;]/).flat());
}

/** Names and values of a query string, in its order. */
export function parseQueryPairs(queryString: string, separator: RegExp): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const pair of queryString.split(separator)) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = equals === -1 ? pair : pair.slice(0, equals);
    pairs.push([decode(name), equals === -1 ? "" : decode(pair.slice(equals + 1))]);
  }
  return pairs;
}

function decode(text: string): string {
  return percentDecoded(text.replaceAll("+", " "));
}

/** Decodes `%XX` as UTF-8; text in which one is broken stays as it is. */
export function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import { JavaRegex } from "../../../aws/java-pattern/java-regex";
import { numberOperand } from "./java-decimal";
import {
  FILTER_OPERATORS,
  type FilterOperand,
  type FilterOperator,
  type FilterTerm,
  JsonOperand,
  type JsonPath,
  JsonPathError,
  type PathFilter,
} from "./json-path";
import { JSON_ESCAPES, parseJson } from "./parse-json";

/**
 * Parses what stands in `[?(…)]`, its parentheses included. Jayway has filters; API Gateway: no evidence either way.
 * @throws JsonPathError for a filter that Jayway refuses
 */
export function parsePathFilter(text: string, parsePath: (text: string) => JsonPath): PathFilter {
  return new PathFilterParser(text, parsePath).filter();
}

class PathFilterParser {
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly parsePath: (text: string) => JsonPath,
  ) {}

  public filter(): PathFilter {
    const filter = this.either();
    if (this.current !== "") throw this.unexpected("the filter's end");
    return filter;
  }

  private get current(): string {
    while (this.text[this.position] === " ") this.position += 1;
    return this.text[this.position] ?? "";
  }

  private accept(sign: string): boolean {
    if (this.current === "" || !this.text.startsWith(sign, this.position)) return false;
    this.position += sign.length;
    return true;
  }

  private unexpected(wanted: string): JsonPathError {
    return new JsonPathError(
      `expected ${wanted} in the filter ${this.text}, at character ${this.position + 1}`,
    );
  }

  private either(): PathFilter {
    const filters = [this.all()];
    while (this.accept("||")) filters.push(this.all());
    return filters.length === 1 && filters[0] ? filters[0] : { kind: "or", filters };
  }

  private all(): PathFilter {
    const filters = [this.one()];
    while (this.accept("&&")) filters.push(this.one());
    return filters.length === 1 && filters[0] ? filters[0] : { kind: "and", filters };
  }

  private one(): PathFilter {
    const start = this.position;
    if (this.accept("!")) {
      if (!/[$@]/.test(this.current)) return { kind: "not", filter: this.one() };
      this.position = start;
    }
    if (!this.accept("(")) return this.comparison();
    const filter = this.either();
    if (!this.accept(")")) throw this.unexpected(")");
    return filter;
  }

  private comparison(): PathFilter {
    const isNegated = this.current === "!";
    const left = this.term();
    const operator = this.operator();
    if (operator !== undefined) return { kind: "comparison", left, operator, right: this.term() };
    if (!("path" in left)) throw this.unexpected("an operator");
    return { kind: "exists", path: left.path, expected: !isNegated };
  }

  private operator(): FilterOperator | undefined {
    const found = /^(?:[<>=~!]+|[^ ]*)/.exec(this.current && this.text.slice(this.position))?.[0] ?? "";
    const operator = FILTER_OPERATORS.find((name) => name === found.toUpperCase());
    if (operator !== undefined) this.position += found.length;
    return operator;
  }

  /** A `!` before a path that is compared does not count. */
  private term(): FilterTerm {
    if (this.accept("!") && !/[$@]/.test(this.current)) throw this.unexpected("a path");
    return /[$@]/.test(this.current) ? { path: this.path() } : { operand: this.literal() };
  }

  private path(): JsonPath {
    const start = this.position;
    this.position += 1;
    for (;;) {
      if (this.text[this.position] === "[") {
        const end = indexOfClosing(this.text, this.position, "[]");
        if (end < 0) throw this.unexpected("]");
        this.position = end + 1;
      }
      const character = this.text[this.position] ?? "";
      if (/^[<>=~! ]?$/.test(character) || (character === ")" && !this.closesCall(start))) break;
      this.position += 1;
    }
    return this.parsePath(this.text.slice(start, this.position));
  }

  /** Whether the parenthesis here closes a function's, which has no parameters. */
  private closesCall(start: number): boolean {
    return /\.[^]*\( *$/.test(this.text.slice(start + 1, this.position));
  }

  private literal(): FilterOperand {
    const { current } = this;
    switch (current) {
      case "'":
      case '"':
        return unescaped(this.take(indexOfUnescaped(this.text, current, this.position)).slice(1, -1));
      case "{":
      case "[":
        return this.json(current === "[" ? "[]" : "{}");
      case "/":
        return this.pattern();
    }
    for (const [word, value] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const) {
      if (this.accept(word)) return value;
    }
    const number = /^[-\d.eE]*/.exec(this.text.slice(this.position))?.[0] ?? "";
    this.position += number.length;
    return numberOperand(number) ?? this.fail("a value");
  }

  /** The text up to and with `last`. */
  private take(last: number): string {
    if (last < 0) throw this.unexpected("the end of what starts here");
    const taken = this.text.slice(this.position, last + 1);
    this.position = last + 1;
    return taken;
  }

  private json(brackets: "[]" | "{}"): JsonOperand {
    const value = parseJson(this.take(indexOfClosing(this.text, this.position, brackets)));
    return value === undefined ? this.fail("JSON") : new JsonOperand(value, true);
  }

  /** Left out: the flags d, x and U. */
  private pattern(): JavaRegex {
    const source = this.take(indexOfUnescaped(this.text, "/", this.position)).slice(1, -1);
    const flags = /^[dixmsuU]*/.exec(this.text.slice(this.position))?.[0] ?? "";
    this.position += flags.length;
    if (/[dxU]/.test(flags)) this.fail("the flags i, m, s and u, of those that a pattern may have");
    return JavaRegex.compile(flags === "" ? source : `(?${flags})${source}`);
  }

  private fail(wanted: string): never {
    throw this.unexpected(wanted);
  }
}

/** The next `character` behind `start` that no backslash precedes; -1 if there is none up to `end`. */
function indexOfUnescaped(text: string, character: string, start: number, end = text.length): number {
  for (let index = start + 1; index < end; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === character) return index;
  }
  return -1;
}

/** The bracket that closes the one at `start`, strings skipped, and patterns (`/…/`) on demand; -1 if there is none. */
export function indexOfClosing(
  text: string,
  start: number,
  brackets: "()" | "[]" | "{}",
  patterns = false,
): number {
  const [open, close] = brackets;
  const skipped = patterns ? ["'\"", "/"] : ["'\""];
  let depth = 1;
  for (let index = start + 1; index < text.length; index += 1) {
    for (const delimiters of skipped) {
      const delimiter = text[index] ?? "";
      if (delimiter === "" || !delimiters.includes(delimiter)) continue;
      index = indexOfUnescaped(text, delimiter, index) + 1;
      if (index === 0) throw new JsonPathError(`${delimiter} is not closed`);
    }
    if (text[index] === open) depth += 1;
    if (text[index] === close) depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

/** A quoted name or text without its escapes. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([\da-fA-F]{4})|([^]))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? (JSON_ESCAPES[character] ?? character) : String.fromCharCode(parseInt(code, 16)),
  );
}

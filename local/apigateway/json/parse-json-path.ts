import { type JsonPath, jsonPath, JsonPathError, type PathParameter, type PathStep } from "./json-path";
import { parseJson } from "./parse-json";
import { indexOfClosing, parsePathFilter, unescaped } from "./parse-path-filter";

/** No path of use is longer, and those put together from what callers send must not take their time. */
const MAX_LENGTH = 4_000;

/**
 * Parses a JSONPath as Jayway does, with its tolerance: a character that is left over at the end does not count.
 * @throws JsonPathError for a path that Jayway refuses
 */
export function parseJsonPath(path: string): JsonPath {
  if (path.length > MAX_LENGTH) throw new JsonPathError(`longer than ${MAX_LENGTH} characters`);
  const text = (/^[$@]/.test(path) ? path : `$.${path}`).replace(/ +$/, "");
  if (path === "" || text.endsWith(".")) throw new JsonPathError("the path ends too early");
  return new JsonPathParser(text).path();
}

class JsonPathParser {
  private position: number;
  private readonly steps: PathStep[] = [];

  constructor(private readonly text: string) {
    this.position = text.search(/[^ \t\r\n]|$/);
  }

  public path(): JsonPath {
    const context = this.current;
    if (!/[$@]/.test(context)) throw this.unexpected("$ or @");
    if (!this.isTail()) {
      this.position += 1;
      if (!/[.[]/.test(this.current)) throw this.unexpected(". or [");
      do this.step();
      while (!this.isTail());
    }
    return scannedByFunction(context === "$", this.steps);
  }

  private get current(): string {
    return this.text[this.position] ?? "";
  }

  /** The first place from `start` on where no space is. */
  private behindSpaces(start: number): number {
    let at = start;
    while (this.text[at] === " ") at += 1;
    return at;
  }

  private isTail(): boolean {
    return this.position >= this.text.length - 1;
  }

  private unexpected(wanted: string): JsonPathError {
    return new JsonPathError(`expected ${wanted} at character ${this.position + 1}`);
  }

  /** Of a dot and what follows it, only the last is a step. */
  private step(): void {
    if (this.current === ".") {
      if (this.text[this.position + 1] === ".") {
        this.steps.push({ kind: "scan" });
        this.position += 1;
      }
      this.position += 1;
      if (/^[. ]?$/.test(this.current)) throw this.unexpected("a name");
    }
    if (this.current === "[") this.brackets();
    else if (this.current === "*") {
      this.steps.push({ kind: "wildcard" });
      this.position += 1;
    } else this.nameOrFunction();
  }

  private brackets(): void {
    const at = this.behindSpaces(this.position + 1);
    const character = this.text[at] ?? "";
    if (/['"]/.test(character)) this.quotedNames(character);
    else if (/[-\d:]/.test(character)) this.indexes();
    else if (character === "*") this.closeBracket({ kind: "wildcard" }, at);
    else if (character === "?") this.filter(at);
    else throw this.unexpected("[?(…)], a name in quotes, an index or *");
  }

  /** Ends a step in brackets whose content ends at `last`. */
  private closeBracket(step: PathStep, last: number): void {
    const at = this.behindSpaces(last + 1);
    if (this.text[at] !== "]") throw new JsonPathError(`expected ] at character ${at + 1}`);
    this.steps.push(step);
    this.position = at + 1;
  }

  private quotedNames(quote: string): void {
    const names: string[] = [];
    let start = -1;
    let end = 0;
    let afterComma = false;
    for (let index = this.position + 1; index < this.text.length; index += 1) {
      const character = this.text[index] ?? "";
      if (character === "\\") index += 1;
      else if (character === quote && start >= 0) {
        if (!/[\],]/.test(this.text[this.behindSpaces(index + 1)] ?? "")) {
          throw this.unexpected(", or ] after a name");
        }
        names.push(unescaped(this.text.slice(start, index)));
        end = index;
        start = -1;
      } else if (character === quote) {
        start = index + 1;
        afterComma = false;
      } else if (start < 0 && /[\],]/.test(character)) {
        if (afterComma) throw this.unexpected("a name after each comma");
        if (character === "]") break;
        afterComma = true;
      }
    }
    if (start >= 0) throw this.unexpected(`a name in quotes that ends with ${quote}`);
    this.closeBracket({ kind: "names", names }, end);
  }

  /** What follows a slice's second number, such as its step, does not count. */
  private indexes(): void {
    const end = this.text.indexOf("]", this.position);
    const content = this.text.slice(this.position + 1, end < 0 ? this.position : end).trim();
    if (!content.includes(":")) {
      const indexes = content.split(",").map((number) => this.integer(number.trim()));
      this.closeBracket({ kind: "indexes", indexes }, end - 1);
      return;
    }
    if (!/^[-\d:]+$/.test(content)) throw this.unexpected("a slice such as [1:3]");
    const [from, to] = content.split(":").map((number) => (number === "" ? undefined : this.integer(number)));
    if (from === undefined && to === undefined) throw this.unexpected("a slice such as [1:3]");
    this.closeBracket({ kind: "slice", from, to }, end - 1);
  }

  private integer(text: string): number {
    const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= -(2 ** 31) && value < 2 ** 31)) throw this.unexpected("an index");
    return value;
  }

  private filter(questionMark: number): void {
    const at = this.behindSpaces(questionMark + 1);
    const end = this.text[at] === "(" ? indexOfClosing(this.text, at, "()", true) : -1;
    if (end < 0) throw this.unexpected("[?(…)]");
    const filter = parsePathFilter(this.text.slice(at, end + 1), parseJsonPath);
    this.closeBracket({ kind: "filter", filter }, end);
  }

  private nameOrFunction(): void {
    const end = this.text.slice(this.position).search(/[ .[(]/);
    const name = this.text.slice(this.position, end < 0 ? undefined : this.position + end);
    this.position += name.length;
    if (this.current === " ") throw this.unexpected("a name with spaces in brackets and quotes");
    if (this.current !== "(") {
      this.steps.push({ kind: "names", names: [name] });
      return;
    }
    this.position += 1;
    // Without parameters the parenthesis stays to be read: where a step follows, it is a name.
    const isEmpty = this.text[this.position] === ")";
    this.steps.push({ kind: "function", name, parameters: isEmpty ? [] : this.parameters() });
  }

  /** What starts like neither JSON nor a path is no parameter. */
  private parameters(): PathParameter[] {
    const depth = { "(": 1, "{": 0, "[": 0 };
    const parameters: PathParameter[] = [];
    let quotes = 0;
    let parameter: string | undefined;
    for (let previous = ""; depth["("] > 0; previous = this.text[this.position - 1] ?? "") {
      const character = this.current;
      if (character === "") throw this.unexpected(")");
      this.position += 1;
      if (/[({[]/.test(character)) depth[character as keyof typeof depth] += 1;
      const opening = { ")": "(", "}": "{", "]": "[" }[character] as keyof typeof depth | undefined;
      if (opening !== undefined) depth[opening] -= 1;
      if (depth["{"] < 0 || depth["["] < 0) throw this.unexpected("no closing bracket");
      if (character === '"') quotes += previous !== "\\" && quotes > 0 ? -1 : 1;
      const isCall = character === ")" && previous === "(";
      const separates = /[),]/.test(character) && depth["("] <= 1 && depth["{"] === 0 && depth["["] === 0;
      if (separates && quotes === 0 && parameter !== undefined) {
        parameters.push(parameterOf(isCall ? `${parameter})` : parameter));
        parameter = undefined;
      } else if (!separates && (parameter !== undefined || /[{\d"$@-]/.test(character))) {
        parameter = (parameter ?? "") + character;
      }
    }
    return parameters;
  }
}

function parameterOf(text: string): PathParameter {
  if (/^[$@]/.test(text)) return { path: new JsonPathParser(text).path() };
  const value = parseJson(text);
  if (value === undefined) throw new JsonPathError(`the parameter ${text} is no JSON`);
  return { value };
}

/** `$..name.function()` is `$.function($..name)`: the function takes all that is found. */
function scannedByFunction(isRooted: boolean, steps: readonly PathStep[]): JsonPath {
  const position = steps.findIndex(({ kind }) => kind === "function");
  const [first, ...others] = steps.slice(position);
  if (steps[0]?.kind !== "scan" || steps.at(-1)?.kind !== "function" || first?.kind !== "function") {
    return jsonPath(isRooted, steps);
  }
  const parameters = [{ path: jsonPath(true, steps.slice(0, position)) }];
  // What follows the function still counts as following the scan.
  return { ...jsonPath(isRooted, [{ ...first, parameters }, ...others]), firstIndefinite: 0 };
}

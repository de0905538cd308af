import { isObject, sortedKeys, toPlain, toText } from "../value";

/**
 * Terraform's `yamlencode`, byte for byte: as the emitter of libyaml writes it, with quotes around each text and key.
 * @see https://github.com/zclconf/go-cty-yaml/blob/master/encode.go
 */
export function yamlEncode(value: unknown): string {
  const text = blockOf(toPlain(value), { indent: -STEP, column: 0, isRoot: true }).slice(1);
  return `${text}\n${isPlain(value) ? "...\n" : ""}`;
}

const STEP = 2;
const WIDTH = 80;
const LONGEST_SIMPLE_KEY = 128;

/** Where a value stands. */
interface Place {
  /** Of the value around it. */
  readonly indent: number;
  /** What is left of it on its line, with the space in front of it. */
  readonly column: number;
  readonly isRoot?: boolean;
  /** The value of a key: a list is not indented any further. */
  readonly isMember?: boolean;
}

/** A document of one word without quotes ends in three dots. */
function isPlain(value: unknown): boolean {
  return typeof value !== "string" && !isObject(value) && !Array.isArray(value);
}

/** With the space or the line end in front of it, and without one behind it. */
function blockOf(value: unknown, place: Place): string {
  if (Array.isArray(value) && value.length > 0) return listOf(value, place);
  if (isObject(value) && Object.keys(value).length > 0) return mapOf(value, place);
  return ` ${flowOf(value, place)}`;
}

function flowOf(value: unknown, place: Place): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "[]";
  if (isObject(value)) return "{}";
  return typeof value === "string" ? scalarOf(value, place) : toText(value);
}

function listOf(list: readonly unknown[], { indent, isMember }: Place): string {
  const own = isMember === true ? indent : indent + STEP;
  return list.map((item) => `\n${" ".repeat(own)}-${inline(item, own)}`).join("");
}

/** What follows a dash: the first line of a list or map stands right behind it. */
function inline(item: unknown, indent: number): string {
  const block = blockOf(item, { indent, column: indent + 2 });
  return block.replace(/^\n */, " ");
}

function mapOf(map: Readonly<Record<string, unknown>>, { indent }: Place): string {
  const own = indent + STEP;
  return sortedKeys(map)
    .map((key) => `\n${" ".repeat(own)}${keyOf(key, own)}${memberOf(key, map[key], own)}`)
    .join("");
}

function keyOf(key: string, indent: number): string {
  if (isSimple(key)) return `${quoted(key, { indent, column: indent }, false)}:`;
  return `? ${scalarOf(key, { indent, column: indent + 2 })}\n${" ".repeat(indent)}:`;
}

function memberOf(key: string, value: unknown, indent: number): string {
  if (!isSimple(key)) return inline(value, indent);
  const column = indent + quoted(key, { indent, column: 0 }, false).length + 2;
  return blockOf(value, { indent, column, isMember: true });
}

function isSimple(key: string): boolean {
  return !/[\n\r\u0085\u2028\u2029]/.test(key) && Buffer.byteLength(key) <= LONGEST_SIMPLE_KEY;
}

function scalarOf(text: string, place: Place): string {
  return isLiteral(text) ? literal(text, place) : quoted(text, place, true);
}

const BREAK = /[\n\r\u0085\u2028\u2029]/;
const PRINTABLE = /^[\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

/** Texts of several lines stand as they are, unless a space would get lost or a character can't be seen. */
function isLiteral(text: string): boolean {
  return text.includes("\n") && !/ $| [\n\r\u0085\u2028\u2029]/.test(text) && PRINTABLE.test(text);
}

function literal(text: string, { indent, isRoot }: Place): string {
  const own = " ".repeat(isRoot === true ? STEP : indent + STEP);
  const indentHint = /^[ \n\r\u0085\u2028\u2029]/.test(text) ? String(STEP) : "";
  const ends = /[\n\r\u0085\u2028\u2029]*$/.exec(text)?.[0].length ?? 0;
  const isAllBreaks = ends === text.length;
  const chomping = ends === 0 ? "-" : ends > 1 || isAllBreaks ? "+" : "";
  const lines = text.replace(/(^|[\n\r\u0085\u2028\u2029])(?=[^\n\r\u0085\u2028\u2029])/g, `$1${own}`);
  return `|${indentHint}${chomping}\n${ends > 0 ? lines.slice(0, -1) : lines}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "0",
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1b": "e",
  '"': '"',
  "\\": "\\",
  "\x85": "N",
  "\u2028": "L",
  "\u2029": "P",
};

/** A line that is longer than 80 goes on in the next, at a space. */
function quoted(text: string, { indent, column, isRoot }: Place, folds: boolean): string {
  const own = " ".repeat(isRoot === true ? STEP : indent + STEP);
  const characters = Array.from(text);
  let at = column + 1;
  let behindSpace = false;
  const pieces = characters.map((character, index) => {
    const isInner = index > 0 && index < characters.length - 1;
    if (character === " " && folds && !behindSpace && at > WIDTH && isInner) {
      behindSpace = true;
      const escape = characters[index + 1] === " " ? "\\" : "";
      at = own.length + escape.length;
      return `\n${own}${escape}`;
    }
    behindSpace = character === " ";
    const piece = escaped(character);
    at += Array.from(piece).length;
    return piece;
  });
  return `"${pieces.join("")}"`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const isSeen = PRINTABLE.test(character) && !BREAK.test(character);
  if (isSeen && character !== '"' && character !== "\\") return character;
  const escape = ESCAPES[character];
  if (escape !== undefined) return `\\${escape}`;
  const [letter, digits] = code <= 0xff ? ["x", 2] : code <= 0xffff ? ["u", 4] : ["U", 8];
  return `\\${letter}${code.toString(16).toUpperCase().padStart(digits, "0")}`;
}

import { ExpressionError } from "../expression-error";
import { type ObjectValue, isObject, sortedKeys, toPlain, toText } from "../value";

/** An expression of Terraform's language that gives the value, laid out as Terraform does. */
export function expressionText(value: unknown): string {
  return textOf(toPlain(value), "");
}

/** The definitions of a `.tfvars` file. */
export function attributesText(values: ObjectValue): string {
  const wrong = sortedKeys(values).find((name) => !IDENTIFIER.test(name));
  if (wrong !== undefined) throw new ExpressionError(`${JSON.stringify(wrong)} is no name of a variable`);
  return linesOf(values, "")
    .map((line) => `${line}\n`)
    .join("");
}

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

function textOf(value: unknown, indent: string): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return listText(value, indent);
  if (isObject(value)) {
    const lines = linesOf(value, `${indent}  `);
    return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
  }
  return typeof value === "string" ? quoted(value) : toText(value);
}

/** A line that closes one object and opens the next stays as deep as they are. */
function listText(list: readonly unknown[], indent: string): string {
  const items = list.map((item) => textOf(item, indent));
  const laidOut = items.map((text, index) =>
    items[index + 1]?.includes("\n") === true ? text.replace(/\n *\}$/, `\n${indent}  }`) : text,
  );
  return `[${laidOut.join(", ")}]`;
}

/** The equals signs of neighbours stand below each other, unless a value takes several lines. */
function linesOf(values: ObjectValue, indent: string): string[] {
  const rows = sortedKeys(values).map((key) => ({
    name: IDENTIFIER.test(key) ? key : quoted(key),
    text: textOf(values[key], indent),
  }));
  const isLong = (at: number): boolean => rows[at]?.text.includes("\n") ?? true;
  return rows.map(({ name, text }, index) => {
    if (isLong(index)) return `${indent}${name} = ${text}`;
    let [from, to] = [index, index];
    while (!isLong(from - 1)) from -= 1;
    while (!isLong(to + 1)) to += 1;
    const widest = Math.max(...rows.slice(from, to + 1).map((row) => row.name.length));
    return `${indent}${name.padEnd(widest)} = ${text}`;
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

function quoted(text: string): string {
  const escaped = text
    .replace(/[\n\r\t"\\]/g, (character) => ESCAPES[character] ?? "")
    .replace(/[$%](?=\{)/g, "$&$&")
    .replace(/(?! )[\p{C}\p{Z}]/gu, (character) => unicodeEscape(character.codePointAt(0) ?? 0));
  return `"${escaped}"`;
}

function unicodeEscape(code: number): string {
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}

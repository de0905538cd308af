import { ExpressionError } from "../expression-error";

/**
 * Names as the IANA has them, which is not what web browsers mean by some of them: for those, ISO-8859-1 is windows-1252.
 * @see https://www.iana.org/assignments/character-sets/character-sets.xhtml
 */
const ENCODINGS: Readonly<Record<string, TextEncoding>> = {
  "UTF-8": { encode: (text) => Buffer.from(text), decode: decodeBy("utf-8") },
  "UTF-16": {
    encode: (text) => Buffer.concat([Buffer.from([0xfe, 0xff]), bigEndian(text)]),
    decode: byMark,
  },
  "UTF-16BE": { encode: bigEndian, decode: decodeBy("utf-16be") },
  "UTF-16LE": { encode: (text) => Buffer.from(text, "utf16le"), decode: decodeBy("utf-16le") },
  "ISO-8859-1": { encode: (text) => inTable(text, LATIN1), decode: (bytes) => bytes.toString("latin1") },
  "windows-1252": { encode: (text) => inTable(text, WINDOWS_1252), decode: decodeWindows1252 },
  ...Object.fromEntries(
    ["windows-1250", "windows-1251", "ISO-8859-2", "ISO-8859-5", "ISO-8859-15", "KOI8-R"].map((name) => [
      name,
      { encode: (text: string) => inTable(text, tableOf(name)), decode: decodeBy(name) },
    ]),
  ),
};

const ALIASES: Readonly<Record<string, string>> = { LATIN1: "ISO-8859-1", UTF8: "UTF-8" };

interface TextEncoding {
  readonly encode: Encode;
  readonly decode: Decode;
}

type Encode = (text: string) => Buffer;
type Decode = (bytes: Buffer) => string;

/** The bytes of a text in an encoding. */
export function encodedText(text: string, encoding: string): Buffer {
  return known(encoding).encode(text);
}

/** The text of bytes in an encoding. */
export function decodedText(bytes: Buffer, encoding: string): string {
  const text = known(encoding).decode(bytes);
  if (text.includes("\ufffd")) throw new ExpressionError(`some of the bytes mean nothing in ${encoding}`);
  return text;
}

function known(name: string): TextEncoding {
  const upper = name.toUpperCase();
  const wanted = ALIASES[upper] ?? upper;
  const found = Object.entries(ENCODINGS).find(([other]) => other.toUpperCase() === wanted);
  if (found !== undefined) return found[1];
  const all = Object.keys(ENCODINGS).join(", ");
  throw new ExpressionError(`the encoding ${JSON.stringify(name)} is not supported; ${all} are`);
}

/** A byte order mark is a character like others. */
function decodeBy(encoding: string): Decode {
  return (bytes) => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

function byMark(bytes: Buffer): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const hasMark = isLittle || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return decodeBy(isLittle ? "utf-16le" : "utf-16be")(bytes.subarray(hasMark ? 2 : 0));
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16();
}

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const LATIN1: ReadonlyMap<string, number> = new Map(
  Array.from(ALL_BYTES.toString("latin1"), (character, byte) => [character, byte]),
);

/** Of the bytes 80 to 9F; `TextDecoder` of Node.js 20 takes them for those of ISO-8859-1. */
const WINDOWS_1252_EXTRA = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const WINDOWS_1252: ReadonlyMap<string, number> = new Map(
  Array.from(decodeWindows1252(ALL_BYTES), (character, byte) => [character, byte]),
);

function decodeWindows1252(bytes: Buffer): string {
  return Array.from(bytes.toString("latin1"), (character) => {
    const code = character.charCodeAt(0);
    return code < 0x80 || code > 0x9f ? character : WINDOWS_1252_EXTRA.charAt(code - 0x80);
  }).join("");
}

function tableOf(encoding: string): ReadonlyMap<string, number> {
  const characters = Array.from(new TextDecoder(encoding).decode(ALL_BYTES));
  return new Map(characters.map((character, byte) => [character, byte]));
}

function inTable(text: string, table: ReadonlyMap<string, number>): Buffer {
  return Buffer.from(
    Array.from(text, (character) => {
      const byte = table.get(character);
      if (byte === undefined) {
        throw new ExpressionError(`${JSON.stringify(character)} has no place in the encoding`);
      }
      return byte;
    }),
  );
}

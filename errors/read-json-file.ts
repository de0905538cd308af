import { readFileSync } from "node:fs";
import { printParseErrorCode, visit } from "jsonc-parser";
import { messageOf, type Mistake, mistakeText } from "./mistake";

/** A file that can't be used, told in one line. */
export class FileError extends Error {
  public override readonly name = "FileError";

  /** What is wrong with the file, without its name. */
  public readonly reason: string;

  /** @param place the file, with line and column where they are known */
  constructor(
    public readonly place: string,
    mistake: Omit<Mistake, "where">,
    options?: ErrorOptions,
  ) {
    super(mistakeText({ where: place, ...mistake }), options);
    this.reason = mistakeText(mistake);
  }
}

/**
 * Reads JSON in UTF-8, with or without a byte order mark. A repeated key is a mistake: the last one would win without a word.
 * @throws FileError with the line and column of the first mistake.
 */
export function readJsonFile(file: string): unknown {
  const text = readTextFile(file);
  const mistake = firstMistake(text);
  if (mistake) {
    const { line, column, wrong, got, allowed } = mistake;
    const place = `${file}, line ${line + 1}, column ${column + 1}`;
    throw new FileError(place, { wrong, got, allowed, mend: "Mend the file there." });
  }
  return JSON.parse(text);
}

/**
 * Reads text in UTF-8, with or without a byte order mark.
 * @throws FileError
 */
export function readTextFile(file: string): string {
  return decode(file, readBytes(file));
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const mistake = {
      wrong: "can't be read",
      got: messageOf(error),
      allowed: "a file that you may read",
      mend: "Run the command in the project's folder, or mend the file's permissions.",
    };
    throw new FileError(file, mistake, { cause: error });
  }
}

function decode(file: string, bytes: Buffer): string {
  // A text that starts with ASCII has a zero in the first two bytes of UTF-16, where no mark stands before it.
  const isUtf16 = /^(?:\xff\xfe|\xfe\xff|\0|[^\0]\0)/.test(bytes.toString("latin1", 0, 2));
  try {
    if (!isUtf16) return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // What it is instead can't be told.
  }
  const got = isUtf16 ? "UTF-16" : "bytes of another encoding";
  throw new FileError(file, {
    wrong: "is not UTF-8",
    got,
    allowed: "a text in UTF-8",
    mend: "Save it as UTF-8.",
  });
}

/** Line and column count from 0. */
interface JsonMistake {
  readonly line: number;
  readonly column: number;
  readonly wrong: string;
  readonly got: string;
  readonly allowed: string;
}

/** What should stand where the parser stops, by its name for the mistake. */
const EXPECTED: Readonly<Record<string, string>> = {
  PropertyNameExpected: "a name in double quotes, with no comma after the last property",
  ColonExpected: "a colon",
  CommaExpected: "a comma",
  CloseBraceExpected: "a closing brace",
  CloseBracketExpected: "a closing bracket",
  EndOfFileExpected: "the end of the file",
  InvalidCommentToken: "JSON, which has no comments",
  UnexpectedEndOfString: "a text that ends in double quotes on the same line",
  InvalidEscapeCharacter: 'a text in which one of "\\/bfnrtu follows a backslash',
  InvalidUnicode: "a text in which four hex digits follow \\u",
  InvalidCharacter: "a text without control characters",
};

const ANY_VALUE = "a text in double quotes, a number, true, false, null, a list or an object";

function firstMistake(text: string): JsonMistake | undefined {
  const mistakes: JsonMistake[] = [];
  const openObjects: Set<string>[] = [];
  visit(
    text,
    {
      onObjectBegin: () => {
        openObjects.push(new Set());
      },
      onObjectEnd: () => {
        openObjects.pop();
      },
      onObjectProperty: (name, _offset, _length, line, column) => {
        const keys = openObjects.at(-1);
        if (keys?.has(name)) {
          const repeat = {
            wrong: "repeats a key",
            got: JSON.stringify(name),
            allowed: "each key once in an object",
          };
          mistakes.push({ line, column, ...repeat });
        }
        keys?.add(name);
      },
      onError: (code, offset, _length, line, column) => {
        const allowed = EXPECTED[printParseErrorCode(code)] ?? ANY_VALUE;
        mistakes.push({ line, column, wrong: "is not JSON", got: found(text, offset), allowed });
      },
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
  return mistakes[0];
}

function found(text: string, offset: number): string {
  const [rest = ""] = /^.{0,20}/.exec(text.slice(offset)) ?? [];
  if (offset >= text.length) return "the end of the file";
  return rest === "" ? "the end of the line" : JSON.stringify(rest);
}

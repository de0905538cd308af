/** The members of Java's named classes, written for within brackets. */
export const NAMED_CLASSES = new Map([
  ["Lower", "a-z"],
  ["Upper", "A-Z"],
  ["ASCII", "\\x00-\\x7F"],
  ["Alpha", "a-zA-Z"],
  ["Digit", "0-9"],
  ["Alnum", "a-zA-Z0-9"],
  ["Punct", "!-\\/\\:-@\\[-\\`\\{-\\~"],
  ["Graph", "!-\\~"],
  ["Print", " -\\~"],
  ["Blank", " \\t"],
  ["Cntrl", "\\x00-\\x1F\\x7F"],
  ["XDigit", "0-9a-fA-F"],
  ["Space", " \\t\\n\\x0B\\f\\r"],
]);

/** Java's one-letter classes that JavaScript lacks or takes otherwise. Java's `\s` knows only ASCII. */
export const LETTER_CLASSES: Record<string, string> = {
  s: " \\t\\n\\x0B\\f\\r",
  h: " \\t\\xA0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000",
  v: "\\n\\x0B\\f\\r\\x85\\u2028\\u2029",
};

/** The escapes of one character. */
export const LETTER_ESCAPES: Record<string, string> = {
  a: "\\x07",
  e: "\\x1B",
  t: "\\t",
  n: "\\n",
  r: "\\r",
  f: "\\f",
};

/** What ends a line for `^`, `$` and `.`, within brackets; `\r\n` is one end. */
export const LINE_TERMINATORS = "\\n\\r\\x85\\u2028\\u2029";
/** A line's end; between `\r` and `\n` there is none. */
export const LINE_END = "(?:\\r\\n|(?<!\\r)\\n|[\\r\\x85\\u2028\\u2029])";
/** `$`: the text's end, or the place before its last line's end. */
export const LAST_LINE_END = `(?:(?=${LINE_END}?$))`;

/** Where an escape stands outside brackets only. */
export const OUTSIDE_BRACKETS: Record<string, string> = {
  A: "(?:^)",
  z: "(?:$)",
  Z: LAST_LINE_END,
  R: "(?:\\r\\n|[\\n\\x0B\\f\\r\\x85\\u2028\\u2029])",
  b: "(?:\\b)",
  B: "(?:\\B)",
};

import { ExpressionError } from "../expression-error";
import { type ObjectValue, bounded } from "../value";

/**
 * Terraform's `csvdecode`, with the rules of Go's reader: each row has as many fields as the first, empty lines are none, and a
 * quote stands only around a field. A parser of npm's differs from Go's in those.
 * @see https://pkg.go.dev/encoding/csv
 */
export function csvDecode(text: string): readonly ObjectValue[] {
  const [header, ...rows] = rowsOf(text);
  if (header === undefined) throw new ExpressionError("there is no line with the names of the columns");
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) throw new ExpressionError(`the column ${JSON.stringify(twice)} comes twice`);
  return bounded(rows).map((row, index) => {
    if (row.length === header.length) {
      return Object.fromEntries(header.map((name, column) => [name, row[column]]));
    }
    throw new ExpressionError(`row ${index + 2} has ${row.length} fields, the first ${header.length}`);
  });
}

const EMPTY_LINES = /(?:\r?\n)+/y;
const BARE = /(?:[^,\r\n]|\r(?!\n|$))*/y;
const QUOTED = /"((?:[^"]|"")*)"/y;
const FIELD_END = /,|\r?\n|\r?$/y;

function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    if (row.length === 0) take(EMPTY_LINES);
    if (row.length === 0 && at >= text.length) return rows;
    row.push(fieldOf(take, text, at));
    const end = take(FIELD_END);
    if (end === null) throw new ExpressionError(`a quote stands within a field, in row ${rows.length + 1}`);
    if (end[0] === ",") continue;
    rows.push(row);
    row = [];
  }
}

function fieldOf(take: (pattern: RegExp) => RegExpExecArray | null, text: string, at: number): string {
  if (text[at] === '"') {
    const quoted = take(QUOTED);
    if (quoted === null) throw new ExpressionError("a quote is not closed");
    return (quoted[1] ?? "").replaceAll('""', '"').replaceAll("\r\n", "\n");
  }
  const bare = take(BARE)?.[0] ?? "";
  if (bare.includes('"')) {
    throw new ExpressionError(`a quote stands within the field ${JSON.stringify(bare)}`);
  }
  return bare;
}

/**
 * A page with a table between each pair of marks: `<!-- rules -->` and `<!-- end -->`.
 * @param tableOf gets what stands in the first of the two
 */
export function withTables(page: string, tableOf: (mark: string) => string): string {
  return page.replace(
    /(<!-- (?!end -->)(.+?) -->\n).*?(<!-- end -->)/gs,
    (_match, start: string, mark: string, end: string) => [start, tableOf(mark), end].join("\n"),
  );
}

/** A table as Prettier writes it; the first row is the head. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((cellsOfRow) => cellsOfRow.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) =>
    Math.max(3, ...cells.map((cellsOfRow) => Array.from(cellsOfRow[column] ?? "").length)),
  );
  const line = (cellsOfRow: readonly string[], filler: string) =>
    `| ${cellsOfRow.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(" | ")} |`;
  const [first = [], ...others] = cells;
  return [
    line(first, " "),
    line(
      first.map(() => ""),
      "-",
    ),
    ...others.map((cellsOfRow) => line(cellsOfRow, " ")),
    "",
  ].join("\n");
}

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const PAGE = readFileSync(resolve(__dirname, "..", "..", "docs", "package.md"), "utf8");
const PROJECT = join(__dirname, "project");

/** Without the indentation, which a block of the page need not have. */
function unindented(text: string): string {
  return text.replaceAll(/^ +/gm, "");
}

const SOURCES = readdirSync(PROJECT, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => unindented(readFileSync(join(PROJECT, file), "utf8")));

const BLOCKS = [...PAGE.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = ""]) => ({
  line: block.split("\n")[0],
  block: unindented(block),
}));

test("docs/package.md has TypeScript", () => {
  expect(BLOCKS.length).toBeGreaterThan(4);
});

test.each(BLOCKS)("$line: stands in a project that the tests run", ({ block }) => {
  const paragraphs = block.trim().split("\n\n");
  const run = SOURCES.filter((source) => paragraphs.every((paragraph) => source.includes(paragraph)));
  expect(run.length).toBeGreaterThan(0);
});

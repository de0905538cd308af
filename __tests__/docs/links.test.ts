import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const PROJECT = resolve(__dirname, "..", "..");

/** Every page that people read, by its path in the project. */
const PAGES = [
  ...readdirSync(PROJECT).filter((file) => file.endsWith(".md")),
  ...pagesBelow("docs"),
  ...pagesBelow("examples"),
];

function pagesBelow(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : pagesBelow(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** A page without its code, in which nothing is a link. */
function prose(page: string): string {
  const text = readFileSync(join(PROJECT, page), "utf8");
  return text.replaceAll(/^```.*?^```/gms, "").replaceAll(/`[^`\n]*\]\([^`\n]*`/g, "");
}

/** Anchors of a page's headings, as GitHub makes them; a second heading of the same words has `-1` behind it. */
function anchors(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    Array.from(prose(page).matchAll(/^#{1,6} (.*)$/gm), ([, heading = ""]) => {
      const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
      const anchor = words.replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    }),
  );
}

function brokenLinks(page: string): string[] {
  const links = Array.from(prose(page).matchAll(/\]\(([^)\s]+)\)/g), ([, link = ""]) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(PROJECT, target))) return true;
    return anchor !== undefined && target.endsWith(".md") && !anchors(target).has(anchor);
  });
}

test("pages are found, and their headings", () => {
  expect(PAGES).toEqual(
    expect.arrayContaining(["README.md", "docs/runbook.md", "examples/hardened/README.md"]),
  );
  expect(anchors("docs/runbook.md")).toContain("first-does-it-work-now");
});

test.each(PAGES)("%s links to what is there", (page) => {
  expect(brokenLinks(page)).toEqual([]);
});

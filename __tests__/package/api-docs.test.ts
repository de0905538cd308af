import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..", "..");

test("docs/api/ is what npm run docs writes now", () => {
  const folder = mkdtempSync(join(tmpdir(), "api-docs-"));
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "bin", "api-docs.js"), folder], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(pages(join(ROOT, "docs", "api"))).toEqual(pages(folder));
  rmSync(folder, { recursive: true });
}, 120_000);

function pages(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

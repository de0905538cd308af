import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const project = path.join(__dirname, "..", "..");

test.each([
  ["a clone", "clone", ["node_modules"]],
  ["the package", "dist", []],
])("%s keeps what it compiles only where that is its own", (_, name, kept) => {
  const folder = mkdtempSync(path.join(tmpdir(), "compile-cache-"));
  const root = path.join(folder, "a", name);
  mkdirSync(path.join(root, "bin"), { recursive: true });
  symlinkSync(path.join(project, "node_modules"), path.join(folder, "node_modules"));
  cpSync(path.join(project, "bin", "compile-typescript.js"), path.join(root, "bin", "compile-typescript.js"));
  const typed = path.join(root, "typed.ts");
  writeFileSync(typed, "const n: number = 7; console.log(n);");
  const { stdout } = spawnSync(
    process.execPath,
    ["-r", path.join(root, "bin", "compile-typescript.js"), typed],
    { encoding: "utf8" },
  );
  const found = readdirSync(root).filter((entry) => entry === "node_modules");
  rmSync(folder, { recursive: true });
  expect({ stdout, found }).toEqual({ stdout: "7\n", found: kept });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { functionFolder } from "../../../constructs/lambda/folder-function";

const folder = mkdtempSync(join(tmpdir(), "queue-leveling-function-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const mistake = () => v.safeParse(functionFolder("lambda/consumer"), folder).issues?.[0].message;

const packageJson = (text: string) => {
  writeFileSync(join(folder, "package.json"), text);
};

test("dependencies that are not installed are a mistake, with the command that installs them", () => {
  writeFileSync(join(folder, "index.js"), "");
  expect(mistake()).toBeUndefined();
  packageJson(
    '{ "dependencies": { "@scope/one": "1.0.0", "two": "2.0.0" }, "devDependencies": { "three": "3.0.0" } }',
  );
  mkdirSync(join(folder, "node_modules", "two"), { recursive: true });
  expect(mistake()).toBe(
    `has a package.json with dependencies that are not installed, got "${folder}"; a folder with its node_modules, which go into the function's archive. Run: npm ci --omit=dev --prefix ${folder}`,
  );
  mkdirSync(join(folder, "node_modules", "@scope", "one"), { recursive: true });
  expect(mistake()).toBeUndefined();
});

test.each(["{", "[]", "null", '{ "dependencies": [] }', "{}"])(
  "a package.json of %s asks for nothing",
  (text) => {
    packageJson(text);
    expect(mistake()).toBeUndefined();
  },
);

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { synthesizedStacks } from "../../../local/server/synthesized-stacks";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "stacks-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(file: string, content = "{}"): string {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, content);
  return full;
}

test("the manifest tells the stacks, not what else lies there", () => {
  const stacks = { one: { synthesizedStackPath: "stacks/one/cdk.tf.json" } };
  write("manifest.json", JSON.stringify({ version: "0.21.0", stacks }));
  write("stacks/old/cdk.tf.json");
  expect(synthesizedStacks(root)).toEqual([path.join(root, "stacks/one/cdk.tf.json")]);
});

test.each(["", "stacks"])("without a manifest, each folder below stacks/ is one; from %j", (from) => {
  for (const name of ["b", "a"]) write(`stacks/${name}/cdk.tf.json`);
  write("stacks/notes/readme.md");
  expect(synthesizedStacks(path.join(root, from))).toEqual(
    ["a", "b"].map((name) => path.join(root, "stacks", name)),
  );
});

test("any other path is the stack itself", () => {
  const file = write("own/main.tf.json");
  expect(synthesizedStacks(file)).toEqual([file]);
  expect(synthesizedStacks(path.dirname(file))).toEqual([path.dirname(file)]);
  expect(synthesizedStacks("/nowhere")).toEqual(["/nowhere"]);
});

test.each([
  ["{", /manifest\.json, line 1, column 2: is not JSON, got the end of the file; /],
  ['{"stacks": {"a": null}}', /manifest\.json: does not tell where its stacks are, got {"a":null}; /],
  ['{"stacks": {"a": {}}}', /manifest\.json: does not tell where its stacks are, got {"a":{}}; /],
])("a manifest of %j is told with its file", (content, message) => {
  write("manifest.json", content);
  expect(() => synthesizedStacks(root)).toThrow(message);
});

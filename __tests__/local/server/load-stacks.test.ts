import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { mountStacks } from "../../../local/server/load-stacks";
import { plainStack } from "../../support/plain-stacks";

const folder = path.join(mkdtempSync(path.join(tmpdir(), "mounted-")), "shop");

afterAll(() => {
  rmSync(path.dirname(folder), { recursive: true });
});

function write(file: string, content: unknown): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, JSON.stringify(content));
}

test("APIs of the same name in several modules are found under the modules' names", async () => {
  write("orders/main.tf.json", { ...plainStack("${var.name}"), variable: { name: {} } });
  const module = {
    one: { source: "./orders", name: "one" },
    each: { source: "./orders", for_each: { a: 1, "b.c": 2 }, name: '${replace(each.key, ".", "-")}' },
  };
  write("main.tf.json", { module });
  const { apis } = await mountStacks({}, [folder]);
  expect(apis.map(({ prefix }) => prefix)).toEqual(["shop.one.a", "shop.each.a.a", "shop.each.b.c.a"]);
});

import { MappingTemplateError } from "../../../../aws/velocity/mapping-template-error";
import { readJsonPath } from "../../../../local/apigateway/json/read-json-path";
import { payloadValue } from "../../../../local/apigateway/json/parse-json";

describe("takes its time by the payload's length", () => {
  const items = Array.from({ length: 15_000 }, (_, id) => ({ id, name: `n${id}`, more: { x: { y: id } } }));
  const large = payloadValue(JSON.stringify(items));

  test.each(["$..y", "$..*", "$..[?(@.id == 7 || @.name =~ /n1.*/)]", "$[*].more.x.y", "$[?(@.id > 7)].id"])(
    "%s",
    (path) => {
      const start = performance.now();
      expect(readJsonPath(path, large)).toBeDefined();
      expect(performance.now() - start).toBeLessThan(3_000);
    },
  );

  const deep = payloadValue(`${'{"a":'.repeat(399)}1${"}".repeat(399)}`);

  test.each([
    ["$..a..a..a..a..a..a..a", deep, "steps"],
    ["$[?(@.id in $..id)]", large, "steps"],
    ["$[?($..id anyof $..name)]", large, "steps"],
  ])("and is bounded: %s", (path, document, reason) => {
    expect(() => readJsonPath(path, document)).toThrow(new RegExp(reason));
  });

  test("and refuses a path that is too long", () => {
    expect(() => readJsonPath("a".repeat(4001), deep)).toThrow("longer than");
  });

  test.each(
    [
      `$${".a".repeat(1900)}`,
      `$${"[0]".repeat(1300)}`,
      `$[?${"(".repeat(1900)}@.a${")".repeat(1900)}]`,
      `$[?(${"!(".repeat(1200)}@.a${")".repeat(1201)}]`,
      `$${"[?(@".repeat(600)}${")]".repeat(600)}`,
      `$${".sum($".repeat(500)}${")".repeat(500)}`,
      `$['${"\\".repeat(3900)}']`,
      `$[0${" ".repeat(3900)}x`,
    ].map((path) => [path.slice(0, 20), path]),
  )("or of the path, %s…", (_start, path) => {
    const start = performance.now();
    try {
      readJsonPath(path, deep);
    } catch (error) {
      expect(error).toBeInstanceOf(MappingTemplateError);
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

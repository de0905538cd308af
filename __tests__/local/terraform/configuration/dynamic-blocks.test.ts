import { givenValue } from "../../../../local/terraform/configuration/dynamic-blocks";
import type { Scope } from "../../../../local/terraform/expression/expression";
import { ExpressionError } from "../../../../local/terraform/expression/expression-error";
import type { ObjectValue } from "../../../../local/terraform/expression/value";

const NAMES: ObjectValue = { list: ["x", "y"], map: { b: 2, a: 1 }, nothing: null, none: [] };
const SCOPE: Scope = {
  functions: new Map(),
  resolve([root = "", name = ""]) {
    if (root === "var" && Object.hasOwn(NAMES, name)) return { value: NAMES[name], used: 2 };
    throw new ExpressionError(`there is no ${root}.${name}`);
  },
};

function blocks(body: ObjectValue, name = "statement"): unknown {
  return givenValue(body, name, SCOPE, "a.b");
}

describe("dynamic blocks", () => {
  const content = { key: "${statement.key}", value: "${statement.value}" };

  it("are made of each item of a list, and of a map in the order of its keys", () => {
    expect(blocks({ dynamic: { statement: { for_each: "${var.list}", content } } })).toEqual([
      { key: 0, value: "x" },
      { key: 1, value: "y" },
    ]);
    expect(blocks({ dynamic: { statement: { for_each: "${var.map}", content } } })).toEqual([
      { key: "a", value: 1 },
      { key: "b", value: 2 },
    ]);
  });

  it("come after those that are written, in their order, however the JSON lists them", () => {
    const one = { for_each: ["${var.map.a}"], content: [{ n: "${statement.value}" }] };
    const two = { for_each: [2], content: { n: "${statement.value}" } };
    const expected = [{ n: 0 }, { n: 1 }, { n: 2 }];
    expect(blocks({ statement: { n: 0 }, dynamic: { statement: [one, two] } })).toEqual(expected);
    expect(blocks({ statement: [{ n: 0 }], dynamic: [{ statement: [one] }, { statement: two }] })).toEqual(
      expected,
    );
  });

  it.each(["it", "${it}"])("call their item as the iterator %s says", (iterator) => {
    const dynamic = { statement: { for_each: ["a"], iterator, content: { n: "${it.value}" } } };
    expect(blocks({ dynamic })).toEqual([{ n: "a" }]);
  });

  it("hold others, which see the items of those around them", () => {
    const inner = {
      for_each: "${statement.value}",
      content: { n: "${statement.key}${condition.key}${condition.value}" },
    };
    const dynamic = {
      statement: {
        for_each: [["a", "b"], []],
        content: { sid: "${statement.key}", condition: { n: "first" }, dynamic: { condition: inner } },
      },
    };
    expect(blocks({ dynamic })).toEqual([
      { sid: 0, condition: [{ n: "first" }, { n: "00a" }, { n: "01b" }] },
      { sid: 1, condition: [{ n: "first" }] },
    ]);
    expect(
      blocks({ statement: [{ dynamic: { condition: { for_each: "${var.list}", content: {} } } }] }),
    ).toEqual([{ condition: [{}, {}] }]);
  });

  it("are no blocks where there is no item, and undefined where there is neither kind", () => {
    expect(blocks({ dynamic: { statement: { for_each: "${var.none}", content } } })).toEqual([]);
    expect(blocks({ dynamic: { other: { for_each: ["a"], content } } })).toBeUndefined();
  });

  it("are not looked for in maps that have a key of that name", () => {
    expect(blocks({ tags: { dynamic: "${var.map.a}" } }, "tags")).toEqual({ dynamic: 1 });
    expect(blocks({ tags: { dynamic: { a: { b: "${var.map.a}" } } } }, "tags")).toEqual({
      dynamic: { a: { b: 1 } },
    });
  });

  it.each<[string, ObjectValue, string]>([
    [
      "null",
      { for_each: "${var.nothing}", content },
      "a.b.dynamic.statement.for_each: a list is needed here, not null",
    ],
    ["a text", { for_each: "x", content }, 'a.b.dynamic.statement.for_each: a list is needed here, not "x"'],
    ["no content", { for_each: [] }, "a.b.dynamic.statement: has no content. Add it"],
    ["labels", { for_each: [], content, labels: ["a"] }, "a.b.dynamic.statement.labels: is not supported"],
    [
      "an unknown name in its content",
      { for_each: ["x"], content: { n: "${var.other}" } },
      "a.b.statement[0].n: can't be worked out: there is no var.other",
    ],
  ])("refuse %s", (_, statement, message) => {
    expect(() => blocks({ dynamic: { statement } })).toThrow(message);
  });
});

import fc from "fast-check";
import { numberedMembers, parseQueryParameters } from "../../../local/sqs/query-protocol";

const parse = (text: string) => Object.fromEntries(parseQueryParameters(text));

describe("parseQueryParameters", () => {
  test.each([
    ["a=1&b=2", { a: "1", b: "2" }],
    ["a=x+y%20z", { a: "x y z" }],
    ["a=%2B%26%3D%25", { a: "+&=%" }],
    ["a=%F0%9F%98%80%E2%82%AC", { a: "😀€" }],
    ["a=😀", { a: "😀" }],
    ["a=b=c==", { a: "b=c==" }],
    ["a&b=", { a: "", b: "" }],
    ["&&a=1&&", { a: "1" }],
    ["%61+b=1", { "a b": "1" }],
    ["", {}],
  ])("reads %j", (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test("takes the first of a repeated parameter, across texts too", () => {
    expect(Object.fromEntries(parseQueryParameters("a=1&a=2", "a=3&b=4"))).toEqual({ a: "1", b: "4" });
  });

  test.each(["a=%", "a=%4", "a=%zz", "a=%FF", "a=%C0%80", "a=%ED%A0%80", "%=1"])(
    "refuses to guess at %j",
    (text) => {
      expect(() => parse(text)).toThrow(
        expect.objectContaining({ code: "MalformedQueryString", status: 404 }) as Error,
      );
    },
  );

  test("gives back any text that was form-encoded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(text.isWellFormed());
        expect(parseQueryParameters(new URLSearchParams({ a: text }).toString()).get("a")).toBe(text);
      }),
    );
  });
});

describe("numberedMembers", () => {
  const members = (text: string, ...names: string[]) =>
    numberedMembers(parseQueryParameters(text), names).map((member) => Object.fromEntries(member));

  test("groups members by number and orders them by it, gaps or not", () => {
    expect(members("T.10.K=c&T.2.K=b&T.1.K=a&T.2.V.W=x", "T")).toEqual([
      { K: "a" },
      { K: "b", "V.W": "x" },
      { K: "c" },
    ]);
  });

  test("does not mix up names that begin alike", () => {
    expect(members("MessageAttributes.1.Name=a&MessageAttribute.2.Name=b", "MessageAttribute")).toEqual([
      { Name: "b" },
    ]);
  });

  test("refuses what is no number", () => {
    expect(() => members("T.x.K=1", "T")).toThrow(
      expect.objectContaining({ code: "MalformedInput" }) as Error,
    );
  });
});

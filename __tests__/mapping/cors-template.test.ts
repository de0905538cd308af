import fc from "fast-check";
import { batchResponseTemplate } from "../../mapping/batch-response-template";
import { corsOrigin } from "../../mapping/cors-template";
import { errorTemplate } from "../../mapping/error-template";
import { anyText } from "../support/hostile-texts";
import { renderedAnswer } from "../support/rendered-answer";
import { tries } from "../support/tries";

const ORIGINS = ["https://app.example.com", "http://localhost:3000"];
const prefix = corsOrigin(ORIGINS);

test.each([[[]], [["*"]], [["https://app.example.com"]]])("%j needs no template", (few: string[]) => {
  expect(corsOrigin(few)).toBe("");
});

describe.each(ORIGINS)("the origin %s", (origin) => {
  test.each(["Origin", "origin", "ORIGIN"])(
    "in the header %s may read the answer, which is left as it is",
    (name) => {
      expect(renderedAnswer(`${prefix}{"a":1}`, "{}", { [name]: origin, Accept: "*/*" })).toEqual({
        headers: { "Access-Control-Allow-Origin": origin, Vary: "Origin" },
        text: '{"a":1}',
      });
    },
  );
});

test.each([
  ["another origin", { Origin: "https://other.example.com" }],
  ["an origin that a pattern would take", { Origin: "https://appxexample.com" }],
  ["an origin with more behind it", { Origin: "https://app.example.com.other.org" }],
  ["an origin in capitals", { Origin: "HTTPS://APP.EXAMPLE.COM" }],
  ["null", { Origin: "null" }],
  ["an empty origin", { Origin: "" }],
  ["no origin", {}],
  ["an origin in another header", { Referer: "https://app.example.com" }],
])("%s may not", (_what, header: Record<string, string>) => {
  expect(renderedAnswer(prefix, "{}", header)).toEqual({ headers: { Vary: "Origin" }, text: "" });
});

test("no other text is ever let in", () => {
  fc.assert(
    fc.property(anyText, (origin) => {
      expect(renderedAnswer(prefix, "{}", { Origin: origin }).headers).toEqual({ Vary: "Origin" });
    }),
    { numRuns: tries(500) },
  );
});

test.each([
  ["errors", errorTemplate(), '{"Error":{"Code":"ThrottlingException"}}', { "Retry-After": "1" }],
  ["batches", batchResponseTemplate(), "{}", { "Retry-After": "1" }],
])("goes with the overrides of %s", (_what, template, body, headers) => {
  const header = { origin: "http://localhost:3000" };
  expect(renderedAnswer(`${prefix}${template}`, body, header)).toEqual({
    ...renderedAnswer(template, body),
    headers: { ...headers, "Access-Control-Allow-Origin": "http://localhost:3000", Vary: "Origin" },
  });
});

test.each(["https://a'b.example.com", "https://a b", "https://a\n", ""])("%j is refused", (origin) => {
  expect(() => corsOrigin(["https://app.example.com", origin])).toThrow("is not an origin");
});

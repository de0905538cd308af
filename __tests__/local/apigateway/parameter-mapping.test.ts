import { parameterMapping } from "../../../local/apigateway/parameter-mapping";
import { MultiValues } from "../../../local/apigateway/multi-values";

function read(expression: string, body: string): unknown {
  return parameterMapping(expression)({
    headers: new MultiValues([]),
    query: new MultiValues([]),
    pathParameters: {},
    context: {},
    stageVariables: {},
    body,
  });
}

const ORDER = '{"id":"o-1","lines":[{"sku":"a","n":1.0},{"sku":"b"}],"nil":null,"big":12345678901234567890}';

test.each([
  ["id", "o-1"],
  ["lines[0].sku", "a"],
  ["lines[-1].sku", "b"],
  ["lines[0].n", "1.0"],
  ["lines[0]", '{"sku":"a","n":1.0}'],
  ["lines[*].sku", '["a","b"]'],
  ["lines[?(@.sku=='b')]", '[{"sku":"b"}]'],
  ["lines.length()", "2"],
  ["['id','big']", '{"id":"o-1","big":12345678901234567890}'],
  ["big", "12345678901234567890"],
  ["$.id", "o-1"],
  ["nil", undefined],
  ["none", undefined],
  ["none[*].sku", undefined],
  ["constructor", undefined],
])("of the body, %s is %j", (path, expected) => {
  expect(read(`method.request.body.${path}`, ORDER)).toBe(expected);
  expect(read(`integration.response.body.${path}`, ORDER)).toBe(expected);
});

test("a path that JSONPath does not have is 500, and its cause names it", () => {
  let thrown: unknown;
  try {
    read("method.request.body.a[b]", "{}");
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    responseType: "API_CONFIGURATION_ERROR",
    cause: { name: "MappingTemplateError", message: expect.stringMatching(/^JSONPath a\[b\]: /) as string },
  });
});

/** Texts that are no JSON, and such as only lenient readers take. */
const OTHERS = ["a=1&b=2", "<a>1</a>", "plain text", "[1", '"open', "}", "\u0000"];

test.each(OTHERS)("the body %j has nothing at a path, and is itself as a whole", (body) => {
  expect(read("method.request.body.a", body)).toBeUndefined();
  expect(read("method.request.body", body)).toBe(body);
});

test.each(['{"a":1', "{", " {a:1}", "\n{'a':1}", '{"a":1} rest'])(
  "%j starts like an object and is none: 400",
  (body) => {
    for (const expression of ["method.request.body.a", "method.request.body"]) {
      expect(() => read(expression, body)).toThrow("Invalid JSON in request body");
    }
  },
);

test("an empty body is {}", () => {
  expect(read("method.request.body", "")).toBe("{}");
  expect(read("method.request.body.a", "")).toBeUndefined();
});

test.each(["method.request.constructor.x", "integration.response.toString.x", "method.request.__proto__.x"])(
  "%s is refused, whatever JavaScript's objects have by that name",
  (expression) => {
    expect(() => parameterMapping(expression)).toThrow(
      new SyntaxError(`"${expression}" is not a mapping expression`),
    );
  },
);

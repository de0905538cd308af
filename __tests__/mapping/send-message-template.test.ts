import fc from "fast-check";
import type { MessageAttribute } from "../../mapping/message-attributes";
import { type SendMessageOptions, sendMessageTemplate } from "../../mapping/send-message-template";
import type { ValueSource } from "../../mapping/value-source";
import type { Given } from "../support/render";
import { anyText, HOSTILE_TEXTS } from "../support/hostile-texts";
import { renderedInput, renderedParameters } from "../support/rendered-parameters";
import { tries } from "../support/tries";

/** Each kind of source, and a request that has a value there. */
const PLACES: readonly [kind: string, source: ValueSource, given: (value: string) => Given][] = [
  ["header", { header: "X-Tenant" }, (value) => ({ header: { "X-Tenant": value } })],
  ["header in lower case", { header: "X-Tenant" }, (value) => ({ header: { "x-tenant": value } })],
  ["header in upper case", { header: "x-tenant" }, (value) => ({ header: { "X-TENANT": value } })],
  ["query parameter", { query: "tenant-id.x" }, (value) => ({ querystring: { "tenant-id.x": value } })],
  [
    "JSON path",
    { jsonPath: "$.a.b-c[1]" },
    (value) => ({ body: JSON.stringify({ a: { "b-c": [0, value] } }) }),
  ],
  [
    "principal",
    { authorizer: "principalId" },
    (value) => ({ context: { authorizer: { principalId: value } } }),
  ],
  ["metadata", { context: "requestId" }, (value) => ({ context: { requestId: value } })],
  [
    "deep metadata",
    { context: "identity.sourceIp" },
    (value) => ({ context: { identity: { sourceIp: value } } }),
  ],
];

/** The parameters of a message with `attributes`. */
function attributeParameters(attributes: readonly (readonly [name: string, value: string])[]) {
  return Object.fromEntries(
    attributes.flatMap(([name, value], index) => [
      [`MessageAttribute.${index + 1}.Name`, name],
      [`MessageAttribute.${index + 1}.Value.DataType`, "String"],
      [`MessageAttribute.${index + 1}.Value.StringValue`, value],
    ]),
  );
}

function bodyOf(given: Given): string {
  return given.body ?? "{}";
}

test("without options it is the body alone", () => {
  expect(sendMessageTemplate()).toBe("Action=SendMessage&MessageBody=$util.urlEncode($input.body)");
  expect(sendMessageTemplate({ attributes: [] })).toBe(sendMessageTemplate());
});

describe("the request's trace", () => {
  const template = sendMessageTemplate({
    attributes: [{ name: "RequestId", source: { context: "requestId" } }],
    traceHeader: true,
  });
  const plain = sendMessageTemplate({
    attributes: [{ name: "RequestId", source: { context: "requestId" } }],
  });
  const root = "Root=1-5759e988-bd862e3fe1be46a994272793";

  test.each([
    root,
    `${root};Sampled=0`,
    `${root};Parent=53995c3f42cd8ad8;Sampled=?`,
    `${root};Parent=53995c3f42cd8ad8;Sampled=1;Lineage=25:a87bd80c:1|1:b2c3d4e5:0`,
  ])("%s is a system attribute beside the others", (trace) => {
    const given = { header: { "X-Amzn-Trace-Id": trace }, context: { requestId: "r" } };
    expect(renderedParameters(template, given)).toEqual({
      ...renderedParameters(plain, given),
      "MessageSystemAttribute.1.Name": "AWSTraceHeader",
      "MessageSystemAttribute.1.Value.DataType": "String",
      "MessageSystemAttribute.1.Value.StringValue": trace,
    });
  });

  test.each([
    undefined,
    "",
    " ",
    `${root} `,
    `${root};`,
    `${root}\n`,
    `x${root}`,
    `${root}&DelaySeconds=900`,
    `Self=1-67891234-12456789abcdef012345678;${root}`,
    root.toUpperCase(),
    `${root};Sampled=1;Parent=53995c3f42cd8ad8`,
    "Root=1-5759e988-bd862e3fe1be46a99427279",
  ])("%j, which may be none to SQS, is left out", (trace) => {
    const given = trace === undefined ? {} : { header: { "X-Amzn-Trace-Id": trace } };
    expect(renderedParameters(template, given)).toEqual(renderedParameters(plain, given));
  });
});

test("any body arrives as it was sent, and adds nothing", () => {
  const options: SendMessageOptions = {
    attributes: [{ name: "Tenant", source: { header: "X-Tenant" } }],
    messageGroupId: { header: "X-Tenant" },
  };
  fc.assert(
    fc.property(
      anyText.filter((text) => text !== ""),
      (body) => {
        const message = { Action: "SendMessage", MessageBody: body };
        expect(renderedParameters(sendMessageTemplate(), { body })).toEqual(message);
        expect(
          renderedParameters(sendMessageTemplate(options), { body, header: { "X-Tenant": "t" } }),
        ).toEqual({
          ...message,
          MessageGroupId: "t",
          ...attributeParameters([["Tenant", "t"]]),
        });
      },
    ),
    { numRuns: tries(500) },
  );
});

describe.each(PLACES)("a value from a %s", (_kind, source, given) => {
  const template = sendMessageTemplate({
    attributes: [
      { name: "First", source },
      { name: "Last", source: { constant: "z" } },
    ],
    messageGroupId: source,
    messageDeduplicationId: source,
  });

  function expected(value: string): Record<string, string> {
    const ids = { MessageGroupId: value, MessageDeduplicationId: value };
    return {
      Action: "SendMessage",
      MessageBody: bodyOf(given(value)),
      ...(value === "" ? {} : ids),
      ...attributeParameters([...(value === "" ? [] : [["First", value] as const]), ["Last", "z"]]),
    };
  }

  test.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text), text]))("%s", (_shown, value) => {
    expect(renderedParameters(template, given(value))).toEqual(expected(value));
  });

  test("any text", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(renderedParameters(template, given(value))).toEqual(expected(value));
      }),
      { numRuns: tries(500) },
    );
  });

  test("empty or absent, it is left out", () => {
    expect(renderedParameters(template, given(""))).toEqual(expected(""));
    expect(renderedParameters(template)).toEqual({
      Action: "SendMessage",
      MessageBody: "{}",
      ...attributeParameters([["Last", "z"]]),
    });
  });
});

describe("constants", () => {
  const constant = (text: string) => sendMessageTemplate({ messageGroupId: { constant: text } });

  test("any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(renderedParameters(constant(text))).toEqual({
          Action: "SendMessage",
          MessageBody: "{}",
          ...(text === "" ? {} : { MessageGroupId: text }),
        });
      }),
      { numRuns: tries(500) },
    );
  });

  test("any name of an attribute", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const template = sendMessageTemplate({ attributes: [{ name, source: { constant: "v" } }] });
        expect(renderedParameters(template)).toEqual({
          Action: "SendMessage",
          MessageBody: "{}",
          ...attributeParameters([[name, "v"]]),
        });
      }),
      { numRuns: tries(500) },
    );
  });
});

test.each([
  ["a number", "7", "7"],
  ["a negative number", "-7", "-7"],
  ["a fraction", "1.5", "1.5"],
  ["more digits than a double holds", "12345678901234567890", "12345678901234567890"],
  ["zero", "0", "0"],
  ["true", "true", "true"],
  ["false", "false", "false"],
])("%s in the body counts as its text", (_what, json, text) => {
  const template = sendMessageTemplate({ messageGroupId: { jsonPath: "$.id" } });
  expect(renderedParameters(template, { body: `{"id":${json}}` })).toMatchObject({ MessageGroupId: text });
});

test.each(["null", '""'])("%s in the body counts as no value, also after a value", (json) => {
  const template = sendMessageTemplate({
    messageGroupId: { jsonPath: "$.group" },
    messageDeduplicationId: { jsonPath: "$.id" },
  });
  const body = `{"group":"g","id":${json}}`;
  expect(renderedParameters(template, { body })).toEqual({
    Action: "SendMessage",
    MessageBody: body,
    MessageGroupId: "g",
  });
});

test("a body that is no JSON has no value at a JSON path", () => {
  const template = sendMessageTemplate({ messageGroupId: { jsonPath: "$.id" } });
  const message = { Action: "SendMessage", MessageBody: "<a/>" };
  expect(renderedParameters(template, { body: "<a/>" })).toEqual(message);
});

test("no query or path parameter stands in for a header, and no header for a query parameter", () => {
  const header = sendMessageTemplate({ messageGroupId: { header: "X-Tenant" } });
  const query = sendMessageTemplate({ messageGroupId: { query: "X-Tenant" } });
  const others = { path: { "X-Tenant": "path" }, body: '{"X-Tenant":"body"}' };
  for (const [template, given] of [
    [header, { ...others, querystring: { "X-Tenant": "query", "x-tenant": "query" } }],
    [query, { ...others, header: { "X-Tenant": "header" } }],
  ] as const) {
    expect(renderedParameters(template, given)).not.toHaveProperty("MessageGroupId");
  }
});

test("attributes are numbered without gaps, whichever have a value", () => {
  const attributes: MessageAttribute[] = Array.from({ length: 10 }, (_, index) => ({
    name: `A${index}`,
    source: { header: `x-${index}` },
  }));
  const template = sendMessageTemplate({ attributes });
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 10, maxLength: 10 }), (values) => {
      const header = Object.fromEntries(values.map((value, index) => [`X-${index}`, value]));
      const present = values
        .map((value, index) => [`A${index}`, value] as const)
        .filter(([, value]) => value !== "");
      expect(renderedParameters(template, { header })).toEqual({
        Action: "SendMessage",
        MessageBody: "{}",
        ...attributeParameters(present),
      });
    }),
    { numRuns: tries(200) },
  );
});

describe("a body in base64", () => {
  const template = sendMessageTemplate({
    base64: true,
    attributes: [{ name: "Tenant", source: { header: "X-Tenant" } }],
  });

  test("says so in an attribute, after the others", () => {
    const body = Buffer.from([0xff, 0xfe, 0xfb, 0]).toString("base64");
    expect(renderedInput(template, { body, header: { "x-tenant": "t" } })).toEqual({
      MessageBody: body,
      MessageAttributes: {
        Tenant: { DataType: "String", StringValue: "t" },
        "Content-Transfer-Encoding": { DataType: "String", StringValue: "base64" },
      },
    });
  });

  test("is left out when empty, so that SQS refuses the message", () => {
    expect(renderedParameters(template, { body: "{}" })).toEqual({
      Action: "SendMessage",
      ...attributeParameters([["Content-Transfer-Encoding", "base64"]]),
    });
  });
});

test.each([
  ["header", { header: "X-A')$input.body('" }],
  ["header", { header: "" }],
  ["query", { query: "a'b" }],
  ["query", { query: "a\nb" }],
  ["jsonPath", { jsonPath: "$['a']" }],
  ["jsonPath", { jsonPath: "$..a" }],
  ["jsonPath", { jsonPath: "$" }],
  ["jsonPath", { jsonPath: "a.b" }],
  ["authorizer", { authorizer: "a.b" }],
  ["authorizer", { authorizer: "a#end" }],
  ["context", { context: "requestId)" }],
  ["context", { context: "identity..sourceIp" }],
])("a %s that could mean something to the template is refused: %j", (kind, source) => {
  expect(() => sendMessageTemplate({ messageGroupId: source as ValueSource })).toThrow(`${kind}: is not `);
});

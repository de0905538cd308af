import Ajv from "ajv-draft-04";
import fc from "fast-check";
import { batchSchema, sendMessageBatchTemplate } from "../../mapping/send-message-batch-template";
import type { ValueSource } from "../../mapping/value-source";
import { anyText, HOSTILE_TEXTS } from "../support/hostile-texts";
import { renderedEntries, renderedInput, renderedParameters } from "../support/rendered-parameters";
import { tries } from "../support/tries";

interface Entry {
  readonly body: string;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
}

/** What the schema takes. */
const anyEntryText = anyText.map(withoutDelete);
const anyBody = anyEntryText.filter((text) => text !== "");

function withoutDelete(text: string): string {
  return text.replaceAll("\u007f", "");
}

const entry: fc.Arbitrary<string | Entry> = fc.oneof(
  anyBody,
  fc.record(
    {
      body: anyBody,
      messageGroupId: anyEntryText,
      messageDeduplicationId: anyEntryText,
    },
    { requiredKeys: ["body"] },
  ),
);
const batch = fc.array(entry, { minLength: 1, maxLength: 10 });

/** The members of an entry as SQS gets them; an empty id is none. */
function expectedEntry(given: string | Entry, index: number, groupId: string): Record<string, string> {
  const {
    body,
    messageGroupId = "",
    messageDeduplicationId = "",
  } = typeof given === "string" ? { body: given } : given;
  const group = messageGroupId === "" ? groupId : messageGroupId;
  return {
    Id: String(index),
    MessageBody: body,
    ...(group === "" ? {} : { MessageGroupId: group }),
    ...(messageDeduplicationId === "" ? {} : { MessageDeduplicationId: messageDeduplicationId }),
  };
}

test("a string is the message, byte for byte; an object may carry ids", () => {
  const body = JSON.stringify([
    "a b&c",
    { body: '{"a": 1}', messageGroupId: "g", messageDeduplicationId: "d" },
  ]);
  expect(renderedParameters(sendMessageBatchTemplate(), { body })).toEqual({
    Action: "SendMessageBatch",
    "SendMessageBatchRequestEntry.1.Id": "0",
    "SendMessageBatchRequestEntry.1.MessageBody": "a b&c",
    "SendMessageBatchRequestEntry.2.Id": "1",
    "SendMessageBatchRequestEntry.2.MessageBody": '{"a": 1}',
    "SendMessageBatchRequestEntry.2.MessageGroupId": "g",
    "SendMessageBatchRequestEntry.2.MessageDeduplicationId": "d",
  });
});

test("every entry has the request's trace", () => {
  const template = sendMessageBatchTemplate({ traceHeader: true });
  const trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
  const MessageSystemAttributes = { AWSTraceHeader: { DataType: "String", StringValue: trace } };
  const body = '["a","b"]';
  expect(renderedInput(template, { body, header: { "X-Amzn-Trace-Id": trace } })).toEqual({
    Entries: [
      { Id: "0", MessageBody: "a", MessageSystemAttributes },
      { Id: "1", MessageBody: "b", MessageSystemAttributes },
    ],
  });
  expect(renderedInput(template, { body, header: { "X-Amzn-Trace-Id": "x" } })).toEqual({
    Entries: [
      { Id: "0", MessageBody: "a" },
      { Id: "1", MessageBody: "b" },
    ],
  });
});

test("any batch arrives as it was sent, and adds nothing", () => {
  const template = sendMessageBatchTemplate({ messageGroupId: { header: "X-Tenant" } });
  fc.assert(
    fc.property(batch, anyText, (entries, groupId) => {
      const given = { body: JSON.stringify(entries), header: { "x-tenant": groupId } };
      expect(renderedEntries(template, given)).toEqual(
        entries.map((each, index) => expectedEntry(each, index, groupId)),
      );
    }),
    { numRuns: tries(500) },
  );
});

test.each(HOSTILE_TEXTS.map(withoutDelete).map((text) => [JSON.stringify(text), text]))(
  "%s in every place",
  (_shown, text) => {
    const template = sendMessageBatchTemplate({
      attributes: [{ name: "Tenant", source: { header: "X-Tenant" } }],
      messageGroupId: { query: "group" },
    });
    const ids = { messageGroupId: text, messageDeduplicationId: text };
    const given = {
      body: JSON.stringify([text, { body: text, ...ids }]),
      header: { "x-tenant": text },
      querystring: { group: text },
    };
    const message = {
      MessageBody: text,
      MessageGroupId: text,
      MessageAttributes: { Tenant: { DataType: "String", StringValue: text } },
    };
    renderedParameters(template, given);
    expect(renderedInput(template, given)).toEqual({
      Entries: [
        { Id: "0", ...message },
        { Id: "1", ...message, MessageDeduplicationId: text },
      ],
    });
  },
);

test.each<[string, ValueSource, string]>([
  ["header", { header: "X-Group" }, "from header"],
  ["query parameter", { query: "group" }, "from query"],
  ["authorizer", { authorizer: "principalId" }, "from authorizer"],
  ["metadata", { context: "requestId" }, "from context"],
  ["constant", { constant: "a b$#'" }, "a b$#'"],
])("a group id from the %s is for entries without their own", (_what, messageGroupId, groupId) => {
  const given = {
    body: JSON.stringify(["1", { body: "2", messageGroupId: "own" }, { body: "3" }]),
    header: { "x-group": "from header" },
    querystring: { group: "from query" },
    context: { requestId: "from context", authorizer: { principalId: "from authorizer" } },
  };
  const entries = renderedEntries(sendMessageBatchTemplate({ messageGroupId }), given);
  expect(entries.map((each) => each.MessageGroupId)).toEqual([groupId, "own", groupId]);
});

test("a configured deduplication id would make one message of all: only an entry's own counts", () => {
  const template = sendMessageBatchTemplate({ messageDeduplicationId: { header: "Idempotency-Key" } });
  const body = JSON.stringify([{ body: "1", messageDeduplicationId: "own" }, "2"]);
  const entries = renderedEntries(template, { body, header: { "idempotency-key": "same" } });
  expect(entries.map((each) => each.MessageDeduplicationId)).toEqual(["own", undefined]);
});

test("attributes go to every entry, numbered anew; JSON paths mean a single message's body", () => {
  const template = sendMessageBatchTemplate({
    attributes: [
      { name: "Absent", source: { header: "X-Absent" } },
      { name: "Tenant", source: { header: "X-Tenant" } },
      { name: "Path", source: { jsonPath: "$[0]" } },
      { name: "Fixed", source: { constant: "f" } },
    ],
    messageGroupId: { jsonPath: "$[0]" },
  });
  const attributes = {
    "MessageAttribute.1.Name": "Tenant",
    "MessageAttribute.1.Value.DataType": "String",
    "MessageAttribute.1.Value.StringValue": "t",
    "MessageAttribute.2.Name": "Fixed",
    "MessageAttribute.2.Value.DataType": "String",
    "MessageAttribute.2.Value.StringValue": "f",
  };
  expect(renderedEntries(template, { body: '["1","2"]', header: { "x-tenant": "t" } })).toEqual([
    { Id: "0", MessageBody: "1", ...attributes },
    { Id: "1", MessageBody: "2", ...attributes },
  ]);
});

describe("the schema", () => {
  const validate = new Ajv({ strict: false }).compile({ ...batchSchema(), $schema: undefined });
  const isValid = (entries: unknown) => validate(entries);

  test.each<[string, unknown]>([
    ["one string", ["a"]],
    ["ten strings", Array.from({ length: 10 }, () => "a")],
    [
      "objects",
      [{ body: "a" }, { body: "a", messageGroupId: "!~", messageDeduplicationId: "a".repeat(128) }],
    ],
    ["both", ["a", { body: "b" }]],
    ["emoji", ["👍", "a👍b👍", { body: "👍👍" }]],
    ["white space and control characters", [" ", "\n", "\u0000"]],
  ])("takes %s", (_what, entries) => {
    expect(isValid(entries)).toBe(true);
  });

  test.each<[string, unknown]>([
    ["no entry", []],
    ["eleven entries", Array.from({ length: 11 }, () => "a")],
    ["an object", { body: "a" }],
    ["an empty object, as an empty body is", {}],
    ["a string", "a"],
    ["null", null],
    ["an empty string", ["a", ""]],
    ["an empty body", [{ body: "" }]],
    ["no body", [{ messageGroupId: "a" }]],
    ["a number", [1]],
    ["a null entry", [null]],
    ["a list", [["a"]]],
    ["a body that is an object", [{ body: {} }]],
    ["an unknown member", [{ body: "a", delaySeconds: 1 }]],
    ["an empty group id", [{ body: "a", messageGroupId: "" }]],
    ["a group id with a space", [{ body: "a", messageGroupId: "a b" }]],
    ["a group id beyond 128 characters", [{ body: "a", messageGroupId: "a".repeat(129) }]],
    ["a deduplication id that is a number", [{ body: "a", messageDeduplicationId: 1 }]],
    ["a deduplication id beyond ASCII", [{ body: "a", messageDeduplicationId: "é" }]],
    ["the first half of a surrogate pair", ["\ud83d"]],
    ["the second half of a surrogate pair", ["\udc4d"]],
    ["the halves of a surrogate pair in the wrong order", [{ body: "a\udc4d\ud83db" }]],
    ["half a surrogate pair after a whole one", ["👍\udc4d"]],
    ["half a surrogate pair before a whole one", ["\ud83d👍"]],
    ["a delete character", ["a\n\u007f"]],
  ])("refuses %s", (_what, entries) => {
    expect(isValid(entries)).toBe(false);
  });

  test("means the same to regular expressions that read UTF-16", () => {
    const { items } = batchSchema() as { items: { oneOf: { not: { pattern: string } }[] } };
    const changed = new RegExp(items.oneOf[0]?.not.pattern ?? "");
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("\ud83d", "\udc4d", "👍", "a", "\n") }), (text) => {
        expect(changed.test(text)).toBe(!text.isWellFormed());
      }),
      { numRuns: tries(500) },
    );
  });

  test("what it takes arrives unchanged", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: "binary-ascii", minLength: 1 }).map((text) => `a${withoutDelete(text)}`),
          { minLength: 1, maxLength: 10 },
        ),
        (texts) => {
          expect(isValid(texts)).toBe(true);
          const entries = renderedEntries(sendMessageBatchTemplate(), { body: JSON.stringify(texts) });
          expect(entries.map((each) => each.MessageBody)).toEqual(texts);
        },
      ),
      { numRuns: tries(200) },
    );
  });
});

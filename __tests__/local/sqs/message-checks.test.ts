import type { MessageAttribute, MessageInput } from "../../../local/sqs/message";
import { checkMessage } from "../../../local/sqs/message-checks";

const text = (value: string): MessageAttribute => ({ DataType: "String", StringValue: value });
const withAttributes = (MessageAttributes: Record<string, MessageAttribute>): MessageInput => ({
  MessageBody: "x",
  MessageAttributes,
});
const ALLOWED =
  "the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].";
const numbered = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, text("v")]));

describe("checkMessage", () => {
  const accepted: [string, MessageInput, fifo?: boolean][] = [
    ["every kind of allowed character", { MessageBody: "\t\n\r ~\ud7ff\ue000\ufffd😀\u{10ffff}" }],
    ["exactly 1 MiB", { MessageBody: "x".repeat(1_048_576) }],
    ["ten attributes", withAttributes(numbered(10))],
    ["letters beyond ASCII in a name", withAttributes({ "attr.1øßä": text("v") })],
    ["__proto__ as a name", withAttributes(Object.fromEntries([["__proto__", text("v")]]))],
    ["a custom type", withAttributes({ a: { DataType: "Number.int", StringValue: "-1.5e3" } })],
    ["binary", withAttributes({ a: { DataType: "Binary", BinaryValue: "AP8=" } })],
    ["the longest delay", { MessageBody: "x", DelaySeconds: 900 }],
    ["a group on a standard queue", { MessageBody: "x", MessageGroupId: "g" }],
    ["a FIFO message without delay", { MessageBody: "x", MessageGroupId: "g", DelaySeconds: 0 }, true],
    ["a trace header", { MessageBody: "x", MessageSystemAttributes: { AWSTraceHeader: text("Root=1") } }],
  ];
  test.each(accepted)("accepts %s", (_name, message, fifo = false) => {
    expect(() => {
      checkMessage(message, fifo);
    }).not.toThrow();
  });

  const refused: [string, MessageInput, code: string, message: string | RegExp, fifo?: boolean][] = [
    ["no body", {}, "MissingParameter", "The request must contain the parameter MessageBody."],
    [
      "an empty body",
      { MessageBody: "" },
      "MissingParameter",
      "The request must contain the parameter MessageBody.",
    ],
    ...["\0#x0", "\u001f#x1F", "\ufffe#xFFFE", "\uffff#xFFFF", "\ud800#xD800"].map(
      (pair): [string, MessageInput, string, string] => [
        `the character ${pair.slice(1)}`,
        { MessageBody: `a${pair.charAt(0)}b` },
        "InvalidMessageContents",
        `Invalid binary character '${pair.slice(1)}' was found in the message body, ${ALLOWED}`,
      ],
    ),
    [
      "one byte over 1 MiB",
      { MessageBody: `${"x".repeat(1_048_575)}é` },
      "InvalidParameterValue",
      "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
    ],
    [
      "1 MiB with an attribute",
      { MessageBody: "x".repeat(1_048_570), MessageAttributes: { a: text("v") } },
      "InvalidParameterValue",
      /Message must be shorter than 1048576 bytes/,
    ],
    [
      "eleven attributes",
      withAttributes(numbered(11)),
      "InvalidParameterValue",
      "Number of message attributes [11] exceeds the allowed maximum [10].",
    ],
    [
      "an empty attribute",
      withAttributes({ X: text("") }),
      "InvalidParameterValue",
      "Message (user) attribute 'X' must contain a non-empty value of type 'String'.",
    ],
    [
      "an attribute without a value",
      withAttributes({ X: { DataType: "String" } }),
      "InvalidParameterValue",
      /non-empty value/,
    ],
    [
      "an attribute without a type",
      withAttributes({ X: { StringValue: "v" } }),
      "InvalidParameterValue",
      /type/,
    ],
    [
      "an unknown type",
      withAttributes({ X: { DataType: "Text", StringValue: "v" } }),
      "InvalidParameterValue",
      /prefixes/,
    ],
    [
      "a type that only begins right",
      withAttributes({ X: { DataType: "Strings", StringValue: "v" } }),
      "InvalidParameterValue",
      /prefixes/,
    ],
    [
      "a number that is none",
      withAttributes({ X: { DataType: "Number", StringValue: "1x" } }),
      "InvalidParameterValue",
      /to a number/,
    ],
    [
      "bad base64",
      withAttributes({ X: { DataType: "Binary", BinaryValue: "AP8" } }),
      "InvalidParameterValue",
      /base64/,
    ],
    [
      "two values",
      withAttributes({ X: { DataType: "String", StringValue: "v", BinaryValue: "AA==" } }),
      "InvalidParameterValue",
      /another value/,
    ],
    [
      "a control character in a value",
      withAttributes({ X: text("\b") }),
      "InvalidParameterValue",
      /'#x8' was found in the message attribute 'X'/,
    ],
    [
      "an empty name",
      withAttributes({ "": text("v") }),
      "InvalidParameterValue",
      /non-empty message \(user\) attribute names/,
    ],
    ...["AWS.x", "amazon.x", "aWs.x", ".x", "x.", "a..b", "a b", "a!", "§"].map(
      (name): [string, MessageInput, string, RegExp] => [
        `the name ${name}`,
        withAttributes({ [name]: text("v") }),
        "InvalidParameterValue",
        /attribute/,
      ],
    ),
    [
      "a name of 257 bytes",
      withAttributes({ ["n".repeat(257)]: text("v") }),
      "InvalidParameterValue",
      /256 bytes/,
    ],
    [
      "another system attribute",
      { MessageBody: "x", MessageSystemAttributes: { Other: text("v") } },
      "InvalidParameterValue",
      "Message system attribute name 'Other' is invalid.",
    ],
    [
      "a delay over 900",
      { MessageBody: "x", DelaySeconds: 901 },
      "InvalidParameterValue",
      "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
    ],
    [
      "a delay on a FIFO queue",
      { MessageBody: "x", MessageGroupId: "g", DelaySeconds: 2 },
      "InvalidParameterValue",
      "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
      true,
    ],
    [
      "no group on a FIFO queue",
      { MessageBody: "x" },
      "MissingParameter",
      "The request must contain the parameter MessageGroupId.",
      true,
    ],
    [
      "a space in a group",
      { MessageBody: "x", MessageGroupId: "group 123" },
      "InvalidParameterValue",
      "Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
    ],
    [
      "a long group",
      { MessageBody: "x", MessageGroupId: "g".repeat(129) },
      "InvalidParameterValue",
      /1 to 128/,
    ],
    [
      "an empty deduplication id",
      { MessageBody: "x", MessageGroupId: "g", MessageDeduplicationId: "" },
      "InvalidParameterValue",
      /MessageDeduplicationId can only/,
      true,
    ],
    [
      "a deduplication id on a standard queue",
      { MessageBody: "x", MessageDeduplicationId: "d" },
      "InvalidParameterValue",
      /not valid for this queue type/,
    ],
  ];
  test.each(refused)("refuses %s", (_name, message, code, expected, fifo = false) => {
    const check = () => {
      checkMessage(message, fifo);
    };
    expect(check).toThrow(expect.objectContaining({ code, status: 400, type: "Sender" }) as Error);
    expect(check).toThrow(expected);
  });
});

import { recordFilter } from "../../../local/lambda/filter-pattern";
import { sqsRecord } from "../../../local/lambda/sqs-event";

function record(body: unknown) {
  return sqsRecord(
    {
      MessageId: "m",
      ReceiptHandle: "r",
      MD5OfBody: "d",
      Body: typeof body === "string" ? body : JSON.stringify(body),
      Attributes: { MessageGroupId: "group-7" },
      MessageAttributes: { tenant: { DataType: "String", StringValue: "shop" } },
    },
    { arn: "arn:aws:sqs:eu-central-1:123456789012:orders", region: "eu-central-1" },
  );
}

const ORDER = { status: "Paid", amount: 100, tags: ["a", "b"], note: null, empty: "", at: { city: "Bonn" } };

test.each<[wanted: unknown, matches: boolean]>([
  [{ status: ["Paid"] }, true],
  [{ status: ["Open", "Paid"] }, true],
  [{ status: ["paid"] }, false],
  [{ status: [{ "equals-ignore-case": "pAID" }] }, true],
  [{ status: ["Paid"], amount: [99] }, false],
  [{ amount: [100] }, true],
  [{ amount: ["100"] }, false],
  [{ amount: [{ numeric: ["=", 100] }] }, true],
  [{ amount: [{ numeric: [">", 10, "<=", 100] }] }, true],
  [{ amount: [{ numeric: [">", 10, "<", 100] }] }, false],
  [{ status: [{ numeric: [">", 10] }] }, false],
  [{ status: [{ prefix: "Pa" }] }, true],
  [{ status: [{ suffix: "id" }] }, true],
  [{ status: [{ suffix: "Pa" }] }, false],
  [{ status: [{ "anything-but": ["Paid"] }] }, false],
  [{ status: [{ "anything-but": "Open" }] }, true],
  [{ missing: [{ "anything-but": "Open" }] }, false],
  [{ tags: ["b"] }, true],
  [{ tags: ["c"] }, false],
  [{ note: [null] }, true],
  [{ missing: [null] }, false],
  [{ empty: [""] }, true],
  [{ missing: [{ exists: false }] }, true],
  [{ status: [{ exists: false }] }, false],
  [{ at: { city: ["Bonn"] } }, true],
  [{ at: [{ exists: true }] }, false],
  [{ missing: { city: [{ exists: false }] } }, true],
  [{ $or: [{ status: ["Open"] }, { amount: [100] }] }, true],
  [{ $or: [{ status: ["Open"] }, { amount: [1] }] }, false],
  [{ __proto__x: [1], status: ["Paid"] }, false],
])("%j of a JSON body: %p", (wanted, matches) => {
  expect(recordFilter(JSON.stringify({ body: wanted }))(record(ORDER))).toBe(matches);
});

test("a pattern for JSON drops a plain body, and one for plain text a JSON body", () => {
  expect(recordFilter('{"body":{"a":[{"exists":false}]}}')(record("plain"))).toBe(false);
  expect(recordFilter('{"body":{"a":[{"exists":false}]}}')(record("123"))).toBe(false);
  expect(recordFilter('{"body":[{"prefix":"pl"}]}')(record("plain"))).toBe(true);
  expect(recordFilter('{"body":["other"]}')(record("plain"))).toBe(false);
  expect(recordFilter('{"body":[{"anything-but":"x"}]}')(record({ a: 1 }))).toBe(false);
});

test("what is about the message and not its body takes any body", () => {
  const tenant = recordFilter('{"messageAttributes":{"tenant":{"stringValue":["shop"]}}}');
  expect(tenant(record("plain"))).toBe(true);
  expect(tenant(record(ORDER))).toBe(true);
  expect(recordFilter('{"attributes":{"MessageGroupId":[{"prefix":"group-"}]}}')(record("x"))).toBe(true);
  expect(recordFilter('{"attributes":{"MessageGroupId":["group-8"]}}')(record("x"))).toBe(false);
});

test.each([
  ["{", "it is not JSON"],
  ["[]", "it is not an object"],
  ["{}", "it is empty"],
  ['{"body":{}}', "body is empty"],
  ['{"body":{"a":[]}}', "body.a is an empty list"],
  ['{"body":{"a":1}}', "body.a is not an object"],
  ['{"body":{"a":[{"wildcard":"x*"}]}}', 'body.a has {"wildcard":"x*"}, and one of anything-but'],
  ['{"body":{"a":[{"prefix":"x","suffix":"y"}]}}', "body.a has"],
  ['{"body":{"a":[{"prefix":1}]}}', "compares with nothing"],
  ['{"body":{"a":[{"numeric":[">"]}]}}', "compares with nothing"],
  ['{"body":{"a":[{"numeric":["!",1]}]}}', "compares with nothing"],
  ['{"body":{"a":[{"anything-but":{"prefix":"x"}}]}}', "compares with nothing"],
  ['{"body":{"a":[["x"]]}}', "a list in a list"],
  ['{"$or":{}}', "$or is not a list"],
])("%s can't be evaluated: %s", (pattern, reason) => {
  expect(() => recordFilter(pattern)).toThrow(reason);
});

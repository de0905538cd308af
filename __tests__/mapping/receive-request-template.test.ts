import fc from "fast-check";
import { receiveTemplate } from "../../mapping/receive-request-template";
import { anyText } from "../support/hostile-texts";
import { renderedInput, renderedParameters } from "../support/rendered-parameters";
import { tries } from "../support/tries";

const template = receiveTemplate({ maxMessages: 7, maxWaitSeconds: 15, maxVisibilityTimeoutSeconds: 900 });

const ASKED = {
  AttributeNames: [
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "MessageGroupId",
    "MessageDeduplicationId",
    "SequenceNumber",
    "AWSTraceHeader",
  ],
  MessageAttributeNames: ["All"],
};

/** SQS takes 1 to 10. */
const REFUSED = { Action: "ReceiveMessage", MaxNumberOfMessages: "0" };

test.each([
  ["nothing", {}, {}],
  ["blank parameters", { count: "", wait: "", visibility: "" }, {}],
  [
    "the least",
    { count: "1", wait: "0", visibility: "0" },
    { MaxNumberOfMessages: 1, WaitTimeSeconds: 0, VisibilityTimeout: 0 },
  ],
  [
    "the most",
    { count: "7", wait: "15", visibility: "900" },
    { MaxNumberOfMessages: 7, WaitTimeSeconds: 15, VisibilityTimeout: 900 },
  ],
  ["zeros before it", { count: "007" }, { MaxNumberOfMessages: 7 }],
  ["parameters of SQS", { MaxNumberOfMessages: "10", QueueUrl: "x", Action: "PurgeQueue" }, {}],
])("%s", (_what, querystring: Record<string, string>, numbers) => {
  expect(renderedInput(template, { querystring })).toEqual({ ...ASKED, ...numbers });
});

const NO_NUMBERS = [
  ..."-1 +1 1.0 1e1 0x1 1_0 ١ ² NaN null true 1,2 99999 999999 4294967297 00000000000000001".split(" "),
  " 1",
  "1 ",
  "1\n",
  "1&Action=PurgeQueue",
  "1%26QueueUrl=x",
  "$count",
  "#end",
];

test.each([
  ["count", ["0", "8", ...NO_NUMBERS]],
  ["wait", ["16", "20", ...NO_NUMBERS]],
  ["visibility", ["901", "43200", ...NO_NUMBERS]],
])(
  "%s out of its limits or no whole number is sent to be refused, whatever the others are",
  (name, values) => {
    for (const value of values) {
      const querystring = { count: "1", wait: "1", visibility: "1", [name]: value };
      expect({ value, sent: renderedParameters(template, { querystring }) }).toEqual({
        value,
        sent: REFUSED,
      });
    }
  },
);

test("whatever a caller writes, SQS is asked for no more than the limits allow", () => {
  const value = fc.option(fc.oneof(anyText, fc.integer().map(String), fc.nat(20).map(String)), {
    nil: undefined,
  });
  fc.assert(
    fc.property(fc.record({ count: value, wait: value, visibility: value }), (given) => {
      const querystring = Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined));
      const sent = renderedParameters(template, { querystring: querystring as Record<string, string> });
      if (sent.MaxNumberOfMessages === "0") {
        expect(sent).toEqual(REFUSED);
        return;
      }
      const { MaxNumberOfMessages = "1", WaitTimeSeconds = "0", VisibilityTimeout = "0", ...others } = sent;
      expect(MaxNumberOfMessages).toMatch(/^[1-7]$/);
      expect(Number(WaitTimeSeconds)).toBeLessThanOrEqual(15);
      expect(Number(VisibilityTimeout)).toBeLessThanOrEqual(900);
      expect([WaitTimeSeconds, VisibilityTimeout].join()).toMatch(/^\d+,\d+$/);
      expect(Object.keys(others)).toHaveLength(1 + ASKED.AttributeNames.length + 1);
    }),
    { numRuns: tries(500) },
  );
});

import fc from "fast-check";
import { anyText } from "../support/hostile-texts";
import { FakeSqs } from "../support/fake-sqs";
import { ReceivingStack } from "../support/receiving-stack";
import { tries } from "../support/tries";

const fake = new FakeSqs();
let stack: ReceivingStack;

beforeAll(async () => {
  stack = await ReceivingStack.start({}, { sqsEndpoint: await fake.start() });
});

beforeEach(() => {
  fake.inputs.length = 0;
});

afterAll(async () => {
  await stack.local.close();
  await fake.close();
});

/** A body that SQS takes: its characters, and none that JSON or a template could change. */
const body = anyText.filter(
  (text) => text !== "" && !/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text),
);

test("ten bodies at once arrive as they are in the queue, whatever they are", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 10 }), async (bodies) => {
      const Messages = bodies.map((Body, index) => ({
        Body,
        MessageId: String(index),
        ReceiptHandle: "AQEB",
      }));
      fake.answer = { status: 200, body: JSON.stringify({ Messages }) };
      const { status, messages = [] } = await stack.call("GET", "?count=10");
      expect([status, ...messages.map((message) => message.body)]).toEqual([200, ...bodies]);
    }),
    { numRuns: tries(400) },
  );
}, 300_000);

test.each([
  ["quotation marks", '"'],
  ["backslashes", "\\"],
  ["line ends", "\n"],
  ["line separators", "\u2028"],
  ["emoji", "👍"],
  ["braces of templates", "${x}"],
])(
  "ten bodies of 256 KiB of %s arrive",
  async (_what, text) => {
    const Body = text.repeat(Math.floor(262_144 / Buffer.byteLength(text)));
    const Messages = Array.from({ length: 10 }, (_, index) => ({
      Body,
      MessageId: String(index),
      ReceiptHandle: "AQEB",
    }));
    fake.answer = { status: 200, body: JSON.stringify({ Messages }) };
    const { status, messages = [] } = await stack.call("GET", "?count=10");
    expect(status).toBe(200);
    expect(messages.map((message) => message.body === Body)).toEqual(Messages.map(() => true));
  },
  60_000,
);

test("a thousand hostile handles: SQS is sent the handle as a whole, or nothing", async () => {
  fake.answer = { status: 200, body: "{}" };
  await fc.assert(
    fc.asyncProperty(anyText, fc.constantFrom("body", "path", "visibility"), async (handle, place) => {
      fake.inputs.length = 0;
      const json = JSON.stringify({ receiptHandle: handle });
      const { status } = await (place === "body"
        ? stack.call("DELETE", "", json)
        : place === "path"
          ? stack.call("DELETE", `/${encodeURIComponent(handle)}x`)
          : stack.call(
              "POST",
              "/visibility",
              JSON.stringify({ receiptHandle: handle, visibilityTimeout: 7 }),
            ));
      const [input = {}, ...others] = fake.inputs as Record<string, unknown>[];
      expect(others).toEqual([]);
      const { QueueUrl, ReceiptHandle, VisibilityTimeout, ...unknown } = input;
      expect(unknown).toEqual({});
      expect([undefined, expect.stringMatching(/[/]auth$/)]).toContainEqual(QueueUrl);
      if (status === 200) {
        expect(ReceiptHandle).toBe(place === "path" ? `${handle}x`.replace(/^[/]+/, "") : handle);
        expect(VisibilityTimeout).toBe(place === "visibility" ? 7 : undefined);
      } else {
        expect([status, ReceiptHandle]).toEqual([expect.any(Number), undefined]);
        expect(status).toBeGreaterThanOrEqual(400);
      }
    }),
    { numRuns: tries(1000) },
  );
}, 300_000);

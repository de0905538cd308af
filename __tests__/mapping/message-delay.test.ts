import fc from "fast-check";
import { sendMessageBatchTemplate } from "../../mapping/send-message-batch-template";
import { sendMessageTemplate } from "../../mapping/send-message-template";
import type { ValueSource } from "../../mapping/value-source";
import { anyDelayText, DELAY_TEXTS, type DelayOutcome, expectedDelay } from "../support/delay-texts";
import type { Given } from "../support/render";
import { renderedEntries, renderedParameters } from "../support/rendered-parameters";
import { tries } from "../support/tries";

const MODES = ["refuse", "clamp"] as const;
const HEADER = { header: "X-Delay-Seconds" };

/** Each kind of source, and a request that has a text there. */
const PLACES: readonly [kind: string, source: ValueSource, given: (text: string) => Given][] = [
  ["header", HEADER, (text) => ({ header: { "x-delay-seconds": text } })],
  ["query parameter", { query: "delay" }, (text) => ({ querystring: { delay: text } })],
  ["JSON path", { jsonPath: "$.a[0]" }, (text) => ({ body: JSON.stringify({ a: [text] }) })],
  ["authorizer", { authorizer: "delay" }, (text) => ({ context: { authorizer: { delay: text } } })],
];

function parametersFor(outcome: DelayOutcome): Record<string, string> {
  if (outcome === "the queue's own") return {};
  return { DelaySeconds: outcome === "refused" ? "-1" : String(outcome) };
}

describe.each(MODES)("%s what is out of range", (outOfRange) => {
  describe.each(PLACES)("in a %s", (_kind, source, given) => {
    const plain = sendMessageTemplate({ messageGroupId: HEADER });
    const template = sendMessageTemplate({ messageGroupId: HEADER, delay: { source, outOfRange } });
    const expectDelay = (text: string) => {
      expect(renderedParameters(template, given(text))).toEqual({
        ...renderedParameters(plain, given(text)),
        ...parametersFor(expectedDelay(text, outOfRange)),
      });
    };

    test.each(DELAY_TEXTS)("%j", expectDelay);

    test("any text", () => {
      fc.assert(fc.property(anyDelayText, expectDelay), { numRuns: tries(2000) });
    });

    test("absent, the queue's own counts", () => {
      expect(renderedParameters(template)).toEqual(renderedParameters(plain));
    });
  });

  test.each([
    ["5", "5"],
    ["5.0", "5"],
    ["5e2", "500"],
    ["-0", "0"],
    ['"60"', "60"],
    ["1.5", "-1"],
    ["true", "-1"],
    ["{}", "-1"],
    ["[]", "-1"],
    ["[5]", "-1"],
    ["null", undefined],
    ['""', undefined],
    ["901", outOfRange === "clamp" ? "900" : "-1"],
    ["-1", outOfRange === "clamp" ? "0" : "-1"],
    ["1e3", outOfRange === "clamp" ? "900" : "-1"],
    ["12345678901234567890123456789", outOfRange === "clamp" ? "900" : "-1"],
    ["1e300", "-1"],
  ])("%s in a JSON body", (json, delay) => {
    const template = sendMessageTemplate({ delay: { source: { jsonPath: "$.delay" }, outOfRange } });
    expect(renderedParameters(template, { body: `{"delay":${json}}` }).DelaySeconds).toBe(delay);
  });

  test("an entry's own delay counts before the request's", () => {
    const template = sendMessageBatchTemplate({ delay: { source: HEADER, outOfRange } });
    const body = '["a",{"body":"b","delaySeconds":0},{"body":"c","delaySeconds":900},{"body":"d"}]';
    const delays = (header: Record<string, string>) =>
      renderedEntries(template, { body, header }).map(({ DelaySeconds }) => DelaySeconds);
    expect(delays({ "X-Delay-Seconds": "60" })).toEqual(["60", "0", "900", "60"]);
    expect(delays({ "X-Delay-Seconds": "soon" })).toEqual(["-1", "0", "900", "-1"]);
    expect(delays({})).toEqual([undefined, "0", "900", undefined]);
  });

  test("any delay of an entry", () => {
    const template = sendMessageBatchTemplate({ delay: { source: { jsonPath: "$.delay" }, outOfRange } });
    fc.assert(
      fc.property(fc.array(anyDelayText, { minLength: 1, maxLength: 10 }), (texts) => {
        const body = JSON.stringify(texts.map((delaySeconds) => ({ body: "x", delaySeconds })));
        expect(renderedEntries(template, { body })).toEqual(
          texts.map((text, index) => ({
            Id: String(index),
            MessageBody: "x",
            ...parametersFor(expectedDelay(text, outOfRange)),
          })),
        );
      }),
      { numRuns: tries(500) },
    );
  });
});

test("a constant delays all messages of a method", () => {
  const template = sendMessageTemplate({ delay: { source: { constant: "60" }, outOfRange: "refuse" } });
  expect(renderedParameters(template)).toMatchObject({ DelaySeconds: "60" });
});

test("without a source, an entry's delay is none", () => {
  const body = '[{"body":"a","delaySeconds":5}]';
  expect(renderedEntries(sendMessageBatchTemplate(), { body })).toEqual([{ Id: "0", MessageBody: "a" }]);
});

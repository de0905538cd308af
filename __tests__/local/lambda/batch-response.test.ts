import { batchOutcome, outOfOrder } from "../../../local/lambda/batch-response";

const IDS = ["a", "b", "c"];
const failures = (...ids: unknown[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe("with ReportBatchItemFailures", () => {
  const failedOf = (payload: unknown) => [...batchOutcome({ ok: true, payload }, IDS, true).failed];

  test.each([null, "", {}, { batchItemFailures: [] }, { batchItemFailures: null }, { other: 1 }])(
    "%j: all succeeded",
    (payload) => {
      expect(failedOf(payload)).toEqual([]);
    },
  );

  test.each([
    [failures("b"), ["b"]],
    [failures("c", "a", "c"), ["c", "a"]],
    [failures("a", "b", "c"), IDS],
  ])("%j: these failed", (payload, failed) => {
    expect(failedOf(payload)).toEqual(failed);
  });

  test.each([
    failures(""),
    failures(null),
    failures("b", "unknown"),
    failures(1),
    { batchItemFailures: [{ itemIdentifer: "a" }] },
    { batchItemFailures: ["a"] },
    { batchItemFailures: "a" },
    "done",
    true,
    7,
    [],
  ])("%j: all failed", (payload) => {
    expect(failedOf(payload)).toEqual(IDS);
  });

  test("an error fails all", () => {
    expect(batchOutcome({ ok: false, errorMessage: "down" }, IDS, true)).toEqual({
      failed: new Set(IDS),
      reason: "down",
    });
  });
});

describe("without it", () => {
  test("no answer fails a message, and an error all", () => {
    expect(batchOutcome({ ok: true, payload: null }, IDS, false)).toEqual({ failed: new Set() });
    expect(batchOutcome({ ok: false, errorMessage: undefined }, IDS, false).failed).toEqual(new Set(IDS));
  });

  test("failures that the function reports are counted, since their messages go", () => {
    const outcome = batchOutcome({ ok: true, payload: failures("a", "b") }, IDS, false);
    expect(outcome).toEqual({ failed: new Set(), ignored: 2 });
    expect(batchOutcome({ ok: true, payload: failures() }, IDS, false)).toEqual({ failed: new Set() });
  });
});

test("messages behind a failed one of their group are counted", () => {
  const groups = [
    ["a", "x"],
    ["b", "y"],
    ["c", "x"],
    ["d", "y"],
    ["e", undefined],
  ] as const;
  expect(outOfOrder(groups, new Set(["a"]))).toBe(1);
  expect(outOfOrder(groups, new Set(["a", "c"]))).toBe(0);
  expect(outOfOrder(groups, new Set(["e"]))).toBe(0);
});

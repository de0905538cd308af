import fc from "fast-check";
import { consumersForAge } from "../../sizing/needed-consumers";
import { simulate } from "../../sizing/simulation";
import { sizingOf } from "../../sizing/sizing";
import { sizingRequest } from "../support/sizing-request";
import { tries } from "../support/tries";

const PEAK = "base=50/s, peak=2000/s for 10m at 10m";

function sizing(...request: Parameters<typeof sizingRequest>) {
  return sizingOf(sizingRequest(...request)).sizing;
}

test("a peak that consumers can't follow is a backlog, and gone when they have worked it off", () => {
  // 100 consumers take 500 a second: 1,500 a second stay, and later 450 a second go.
  const { backlog, drained, age, refused, lost, deadLetters, warnings } = sizing(PEAK, { consumers: 100 });
  expect(backlog.value).toBeCloseTo(1500 * 600, 0);
  expect(backlog.at).toBeCloseTo(1200, 0);
  expect(drained?.after).toBeCloseTo((1500 * 600) / 450, -1);
  // The last message of the peak waits for 900,000 before it.
  expect(age.value).toBeCloseTo(900_000 / 500, -1);
  expect([refused, lost, deadLetters, warnings]).toEqual([0, 0, 0, []]);
});

test("a throttle refuses what is over its rate, once its burst is used", () => {
  const { refused } = sizing(PEAK, { throttle: { rate: 1500, burst: 3000 } });
  expect(refused).toBeCloseTo(500 * 600 - 3000, -1);
});

test("what always fails goes to the dead-letter queue and takes consumers' time", () => {
  const { deadLetters, backlog } = sizing("peak=200/s for 10m", { poisonRate: 0.1, maxReceives: 3 });
  expect(deadLetters).toBeCloseTo(200 * 600 * 0.1, 0);
  // Capacity 100/s; what comes back goes first, 20/s twice after 30 s and 60 s.
  expect(backlog.value).toBeGreaterThan(100 * 600);
});

test("failures by chance reach the dead-letter queue as often as all receives fail", () => {
  const { deadLetters } = sizing("peak=50/s for 10m", { failureRate: 0.5, maxReceives: 3 });
  expect(deadLetters).toBeCloseTo(50 * 600 * 0.5 ** 3, 0);
});

test("what is older than the retention is lost, and said loudly", () => {
  const { lost, warnings } = sizing(PEAK, { retention: 3600 });
  // An hour after its peak, what came last in it is deleted; until then 100 a second were received.
  expect(lost).toBeGreaterThan(700_000);
  expect(warnings[0]).toMatch(/^LOST: [\d,]+ messages are older than the retention of 1 h;/);
});

test("a base that is more than consumers do is never drained", () => {
  const { drained, warnings } = sizing("base=101/s, peak=200/s for 1m");
  expect(drained).toBeUndefined();
  expect(warnings).toEqual([
    expect.stringMatching(/^NEVER DRAINED: the base is 101\/s, and 20 consumers do 100\/s/),
  ]);
});

test.each([
  ["OVERLAPPING", sizing(PEAK, {}, { timesAMonth: 200 })],
  ["RECEIVED TWICE", sizing(PEAK, { visibilityTimeout: 1 }, { batchSize: 10 })],
  ["FIFO", sizing(PEAK, {}, { queueType: "fifo" })],
])("%s is warned of", (word, { warnings }) => {
  expect(warnings).toEqual([expect.stringMatching(new RegExp(`^${word}: `))]);
});

test("as many consumers as are told keep the age under the limit, and one less doesn't", () => {
  const { arrivals, load } = sizingRequest(PEAK);
  const enough = consumersForAge(arrivals, load, 300);
  const oldest = (consumers: number) =>
    Math.max(...simulate(arrivals, { ...load, consumers }).steps.map(({ age }) => age));
  expect(oldest(enough)).toBeLessThanOrEqual(300);
  expect(oldest(enough - 1)).toBeGreaterThan(300);
});

test("no message is made or forgotten", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const load = fc.record({
    consumers: fc.integer({ min: 1, max: 500 }),
    secondsPerMessage: fc.double({ min: 0.01, max: 10, noNaN: true }),
    visibilityTimeout: fc.integer({ min: 1, max: 900 }),
    failureRate: share,
    poisonRate: share,
    maxReceives: fc.integer({ min: 1, max: 10 }),
    retention: fc.integer({ min: 60, max: 100_000 }),
  });
  fc.assert(
    fc.property(load, (given) => {
      const { arrivals, load: whole } = sizingRequest(PEAK, given);
      const { steps } = simulate(arrivals, whole);
      const total = (key: "accepted" | "done" | "deadLetters" | "lost") =>
        steps.reduce((sum, step) => sum + step[key], 0);
      const { waiting, hidden } = steps.at(-1) ?? { waiting: NaN, hidden: NaN };
      const there = total("done") + total("deadLetters") + total("lost") + waiting + hidden;
      expect(there / total("accepted")).toBeCloseTo(1, 6);
    }),
    { numRuns: tries(100) },
  );
});

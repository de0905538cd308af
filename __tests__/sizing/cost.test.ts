import { sizingOf } from "../../sizing/sizing";
import { sizingRequest } from "../support/sizing-request";

function cost(...request: Parameters<typeof sizingRequest>) {
  return sizingOf(sizingRequest(...request)).sizing.cost;
}

const MONTH = 730 * 3600;

test("a steady load costs its requests, one or ten messages each", () => {
  const { messages, single, batch } = cost("base=50/s", {}, { timesAMonth: 0 });
  expect(messages).toBeCloseTo(50 * MONTH, 0);
  expect(single.restRequests).toBeCloseTo(messages, 0);
  expect(batch.restRequests).toBeCloseTo(messages / 10, 0);
  expect(single.restUsd).toBeCloseTo((messages * 3.5) / 1e6, 2);
  expect([single.sends, single.receives, single.deletes]).toEqual([messages, messages, messages]);
  expect(single.sqsUsd).toBeCloseTo(((3 * messages + single.emptyReceives) * 0.4) / 1e6, 2);
  expect(batch.sends).toBeCloseTo(messages / 10, 0);
});

test("REST's later tiers are cheaper", () => {
  const { messages, single } = cost("base=200/s", { consumers: 100 }, { timesAMonth: 0 });
  expect(single.restUsd).toBeCloseTo(333 * 3.5 + (messages / 1e6 - 333) * 2.8, 2);
});

test("consumers of an empty queue receive in vain each time that long polling ends", () => {
  const { single } = cost("base=0/s", {}, { timesAMonth: 0, waitTime: 20 });
  expect(single.emptyReceives).toBeCloseTo((20 * MONTH) / 20, 0);
  expect(single.usd).toBeCloseTo((single.emptyReceives * 0.4) / 1e6, 6);
});

test("each 64 KiB of a request is one", () => {
  const { messages, single, batch } = cost("base=1/s", {}, { timesAMonth: 0, bytesPerMessage: 65_537 });
  expect(single.sends).toBeCloseTo(2 * messages, 0);
  expect(single.receives).toBeCloseTo(2 * messages, 0);
  expect(single.deletes).toBeCloseTo(messages, 0);
  expect(batch.sends).toBeCloseTo((11 * messages) / 10, 0);
});

test("a backlog fills the consumers' batches", () => {
  const [one, ten] = [1, 10].map((batchSize) =>
    cost("peak=2000/s for 10m", {}, { timesAMonth: 1, batchSize }),
  ) as [ReturnType<typeof cost>, ReturnType<typeof cost>];
  expect(ten.single.receives / one.single.receives).toBeCloseTo(0.1, 2);
  expect(ten.single.deletes / one.single.deletes).toBeCloseTo(0.1, 2);
});

test.each([
  ["fifo", 0.5],
  ["fair", 0.5],
  ["standard", 0.4],
] as const)("a million requests to a %s queue cost %d dollars", (queueType, usd) => {
  const { single } = cost("base=50/s", {}, { timesAMonth: 0, queueType });
  const requests = single.sends + single.receives + single.emptyReceives + single.deletes;
  expect(single.sqsUsd / requests).toBeCloseTo(usd / 1e6, 12);
});

test("what a throttle refuses is free", () => {
  const { messages } = cost("peak=2000/s for 10m", { throttle: { rate: 100, burst: 0 } }, { timesAMonth: 1 });
  expect(messages).toBeCloseTo(100 * 600, 0);
});

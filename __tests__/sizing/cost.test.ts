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

describe("consumers that receive by HTTP", () => {
  test("pay each receive, in vain or not, and each delete to the API, too", () => {
    const { messages, single, batch } = cost("base=50/s", {}, { timesAMonth: 0, receiveByHttp: true });
    const plain = cost("base=50/s", {}, { timesAMonth: 0 });
    expect(single.restReceives).toBeCloseTo(2 * messages + single.emptyReceives, 0);
    expect(single.restRequests).toBe(plain.single.restRequests);
    expect(single.sqsUsd).toBe(plain.single.sqsUsd);
    const requests = single.restRequests + single.restReceives;
    expect(single.restUsd).toBeCloseTo(333 * 3.5 + (requests / 1e6 - 333) * 2.8, 2);
    expect(batch.restReceives).toBe(single.restReceives);
  });

  test("delete one message a request, also of a batch", () => {
    const given = { timesAMonth: 1, batchSize: 10 };
    const { messages, single } = cost("peak=2000/s for 10m", {}, { ...given, receiveByHttp: true });
    expect(single.deletes).toBeCloseTo(messages, 0);
    expect(cost("peak=2000/s for 10m", {}, given).single.deletes / messages).toBeCloseTo(0.1, 2);
  });

  test("take the bodies out of AWS", () => {
    const bytesPerMessage = 65_536;
    const { messages, single } = cost(
      "base=1/s",
      {},
      { timesAMonth: 0, receiveByHttp: true, bytesPerMessage },
    );
    expect(single.transferUsd).toBeCloseTo(((messages * bytesPerMessage) / 2 ** 30) * 0.09, 2);
    expect(single.usd).toBeCloseTo(single.restUsd + single.sqsUsd + single.transferUsd, 8);
  });

  test("cost 51 cents a month each where there is nothing to receive", () => {
    const { single } = cost("base=0/s", { consumers: 1 }, { timesAMonth: 0, receiveByHttp: true });
    expect(single.restReceives).toBeCloseTo(131_400, 0);
    expect(single.usd.toFixed(2)).toBe("0.51");
  });
});

describe("large bodies", () => {
  const large = { timesAMonth: 0, largeShare: 0.1, largeBytes: 5 * 2 ** 20, largeDays: 15 };

  test("are a request, a put, a get and a small message each, and days of storage", () => {
    const { messages, single, batch } = cost("base=1/s", {}, large);
    const bodies = messages / 10;
    expect([single.puts, single.gets]).toEqual([bodies, bodies]);
    expect(single.gigabyteMonths).toBeCloseTo(((bodies * 5) / 1024) * (15.5 / (730 / 24)), 6);
    expect(single.s3Usd).toBeCloseTo((bodies * 5.4) / 1e6 + single.gigabyteMonths * 0.023, 6);
    expect(single.restRequests).toBeCloseTo(messages, 0);
    expect(single.sends).toBeCloseTo(messages, 0);
    expect(batch.restRequests).toBeCloseTo(0.9 * (messages / 10) + bodies, 0);
    expect(batch.s3Usd).toBe(single.s3Usd);
  });

  test("make the queue's messages small", () => {
    const { messages, single } = cost("base=1/s", {}, { ...large, bytesPerMessage: 262_144 });
    expect(single.sends).toBeCloseTo(messages * (0.9 * 4 + 0.1), 0);
    expect(single.receives).toBeCloseTo(single.sends, 0);
  });

  test("are fetched again where a consumer fails", () => {
    const { single } = cost(
      "peak=50/s for 10m",
      { failureRate: 0.5, maxReceives: 1000 },
      { ...large, timesAMonth: 1 },
    );
    expect(single.gets / single.puts).toBeCloseTo(2, 1);
  });

  test("leave AWS only with consumers that receive by HTTP", () => {
    const { messages, single } = cost("base=1/s", {}, { ...large, receiveByHttp: true });
    const gigabytes = (messages * (0.9 * 1024 + 0.1 * 1024 + 0.1 * 5 * 2 ** 20)) / 2 ** 30;
    expect(single.transferUsd).toBeCloseTo(gigabytes * 0.09, 2);
    expect(cost("base=1/s", {}, large).single.transferUsd).toBe(0);
  });
});

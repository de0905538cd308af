import { type AwsPrices, type PriceTier, SQS_CHUNK_BYTES } from "../prices/aws-prices";
import type { Arrivals } from "./arrivals";
import type { QueueLoad } from "./queue-load";
import type { Simulation } from "./simulation";

/** What decides how many requests a message takes. */
export interface Billing {
  readonly queueType: "standard" | "fair" | "fifo";
  readonly bytesPerMessage: number;
  /** Messages that a consumer receives at once. */
  readonly batchSize: number;
  /** Seconds of long polling. */
  readonly waitTime: number;
  /** How often in a month the arrivals happen; the base fills the rest of it. */
  readonly timesAMonth: number;
  readonly prices: AwsPrices;
}

/** Requests to SQS that are billed: one of over 64 KiB counts as several. */
interface SqsRequests {
  readonly receives: number;
  readonly emptyReceives: number;
  readonly deletes: number;
}

/** A month with one of the API's routes. */
export interface RouteCost extends SqsRequests {
  readonly restRequests: number;
  readonly sends: number;
  readonly restUsd: number;
  readonly sqsUsd: number;
  readonly usd: number;
}

/** A month with a message a request, and with ten. */
export interface MonthlyCost {
  readonly messages: number;
  readonly single: RouteCost;
  readonly batch: RouteCost;
}

/** Seconds of a month, as AWS's own estimates have it: 730 hours. */
export const MONTH = 730 * 3600;

/** Entries of a SendMessageBatch. */
const BATCH = 10;

/** What the arrivals cost in a month. Refused requests cost nothing: https://repost.aws/questions/QU5y4fo-e3RWyU5r4VmyPIzA */
export function monthlyCost(
  arrivals: Arrivals,
  load: QueueLoad,
  { step, steps }: Simulation,
  billing: Billing,
): MonthlyCost {
  const rest = Math.max(0, MONTH - billing.timesAMonth * step * steps.length);
  const base = Math.min(arrivals.base, load.throttle.rate);
  const once = steps.map(({ accepted, received, done, waiting }) => ({
    accepted,
    ...requestsOf({ received, done, seconds: step, isFull: waiting >= 1 }, load, billing),
  }));
  const times = (key: keyof (typeof once)[number]) =>
    billing.timesAMonth * once.reduce((total, counts) => total + counts[key], 0);
  const received = Math.min(base, load.consumers / load.secondsPerMessage) * rest;
  const idle = requestsOf({ received, done: received, seconds: rest, isFull: false }, load, billing);
  const messages = times("accepted") + base * rest;
  const sqs = {
    receives: times("receives") + idle.receives,
    emptyReceives: times("emptyReceives") + idle.emptyReceives,
    deletes: times("deletes") + idle.deletes,
  };
  return {
    messages,
    single: routeCost(messages, 1, sqs, billing),
    batch: routeCost(messages, BATCH, sqs, billing),
  };
}

function routeCost(messages: number, entries: number, sqs: SqsRequests, billing: Billing): RouteCost {
  const { prices, bytesPerMessage, queueType } = billing;
  const restRequests = messages / entries;
  const sends = restRequests * chunksOf(entries * bytesPerMessage);
  const requests = sends + sqs.receives + sqs.emptyReceives + sqs.deletes;
  const restUsd = priceOf(restRequests, prices.restRequests);
  const surcharge = queueType === "fair" ? priceOf(requests, prices.sqsFairSurcharge) : 0;
  const list = queueType === "fifo" ? prices.sqsFifoRequests : prices.sqsStandardRequests;
  const sqsUsd = priceOf(requests, list) + surcharge;
  return { restRequests, sends, ...sqs, restUsd, sqsUsd, usd: restUsd + sqsUsd };
}

/** A while in which as much happens all the time. */
interface While {
  readonly received: number;
  readonly done: number;
  readonly seconds: number;
  /** A backlog fills every receive; without it, a message is received as it comes. */
  readonly isFull: boolean;
}

function requestsOf(
  { received, done, seconds, isFull }: While,
  load: QueueLoad,
  billing: Billing,
): SqsRequests {
  const { consumers, secondsPerMessage } = load;
  const perReceive = isFull ? billing.batchSize : 1;
  const idle = Math.max(0, consumers - (received * secondsPerMessage) / seconds || 0);
  const emptyReceives = isFull
    ? 0
    : idle * seconds * emptyRate(received / seconds / consumers, billing.waitTime);
  return {
    receives: (received / perReceive) * chunksOf(perReceive * billing.bytesPerMessage),
    emptyReceives,
    deletes: done / perReceive,
  };
}

/**
 * Receives a second that an idle consumer makes in vain, where messages come to it at random at that rate: each one ends its
 * wait, which else lasts the whole time of long polling.
 */
function emptyRate(rate: number, waitTime: number): number {
  return rate > 0 ? rate / Math.expm1(rate * waitTime) : 1 / waitTime;
}

function chunksOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / SQS_CHUNK_BYTES));
}

function priceOf(requests: number, tiers: readonly PriceTier[]): number {
  return tiers.reduce((total, { upTo = Infinity, usd }, index) => {
    const from = tiers[index - 1]?.upTo ?? 0;
    return total + (Math.max(0, Math.min(requests, upTo) - from) * usd) / 1e6;
  }, 0);
}

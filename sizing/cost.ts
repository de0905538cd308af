import { type AwsPrices, GIGABYTE, SQS_CHUNK_BYTES } from "../prices/aws-prices";
import type { Arrivals } from "./arrivals";
import { type LargeBodies, largeBodyCost, type LargeBodyCost, POINTER_BYTES } from "./large-bodies";
import { priceOf, requestPrice } from "./price";
import type { QueueLoad } from "./queue-load";
import type { Simulation } from "./simulation";

/** What decides how many requests a message takes. */
export interface Billing extends LargeBodies {
  readonly queueType: "standard" | "fair" | "fifo";
  readonly bytesPerMessage: number;
  /** Messages that a consumer receives at once. */
  readonly batchSize: number;
  /** Seconds of long polling. */
  readonly waitTime: number;
  /** How often in a month the arrivals happen; the base fills the rest of it. */
  readonly timesAMonth: number;
  /** Do consumers receive and delete by the API, from outside of AWS? Each request is then one to the API, too. */
  readonly receiveByHttp: boolean;
  readonly prices: AwsPrices;
}

/** Requests to SQS that are billed: one of over 64 KiB counts as several. */
interface SqsRequests {
  readonly receives: number;
  readonly emptyReceives: number;
  readonly deletes: number;
}

/** What consumers do. */
interface Consumption extends SqsRequests {
  /** Messages, those that fail each time. */
  readonly received: number;
  /** Requests, whatever they are billed as: to receive, also in vain, and to delete. */
  readonly calls: number;
}

/** A month with one of the API's routes. */
export interface RouteCost extends SqsRequests, LargeBodyCost {
  readonly restRequests: number;
  /** Of consumers to the API. */
  readonly restReceives: number;
  readonly sends: number;
  readonly restUsd: number;
  readonly sqsUsd: number;
  /** Of bodies that leave AWS. */
  readonly transferUsd: number;
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
  const total = (key: keyof Consumption) => times(key) + idle[key];
  const consumption = {
    received: total("received"),
    calls: total("calls"),
    receives: total("receives"),
    emptyReceives: total("emptyReceives"),
    deletes: total("deletes"),
  };
  return {
    messages,
    single: routeCost(messages, 1, consumption, billing),
    batch: routeCost(messages, BATCH, consumption, billing),
  };
}

/** A large body is a request of its own, and what S3 sends to the queue. */
function routeCost(
  messages: number,
  entries: number,
  { received, calls, ...sqs }: Consumption,
  billing: Billing,
): RouteCost {
  const { prices, bytesPerMessage, queueType, largeShare, receiveByHttp } = billing;
  const large = messages * largeShare;
  const small = (messages - large) / entries;
  const restRequests = small + large;
  const restReceives = receiveByHttp ? calls : 0;
  const sends = small * chunksOf(entries * bytesPerMessage) + large;
  const requests = sends + sqs.receives + sqs.emptyReceives + sqs.deletes;
  const restUsd = requestPrice(restRequests + restReceives, prices.restRequests);
  const surcharge = queueType === "fair" ? requestPrice(requests, prices.sqsFairSurcharge) : 0;
  const list = queueType === "fifo" ? prices.sqsFifoRequests : prices.sqsStandardRequests;
  const sqsUsd = requestPrice(requests, list) + surcharge;
  const largeBodies = largeBodyCost({ sent: large, fetched: received * largeShare }, billing);
  const leaving = receiveByHttp ? received * (meanBytes(billing) + largeShare * billing.largeBytes) : 0;
  const transferUsd = priceOf(leaving / GIGABYTE, prices.transferOut);
  const usd = restUsd + sqsUsd + largeBodies.s3Usd + transferUsd;
  return { restRequests, restReceives, sends, ...sqs, ...largeBodies, restUsd, sqsUsd, transferUsd, usd };
}

/** Bytes in the queue of a message. */
function meanBytes({ bytesPerMessage, largeShare }: Billing): number {
  return (1 - largeShare) * bytesPerMessage + largeShare * POINTER_BYTES;
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
): Consumption {
  const { consumers, secondsPerMessage } = load;
  const { batchSize, bytesPerMessage, largeShare, receiveByHttp } = billing;
  const perReceive = isFull ? batchSize : 1;
  const idle = Math.max(0, consumers - (received * secondsPerMessage) / seconds || 0);
  const emptyReceives = isFull
    ? 0
    : idle * seconds * emptyRate(received / seconds / consumers, billing.waitTime);
  // Alone, a message is billed by its own size; among others, by all of theirs.
  const chunks =
    perReceive === 1
      ? (1 - largeShare) * chunksOf(bytesPerMessage) + largeShare
      : chunksOf(perReceive * meanBytes(billing));
  // The API deletes one message a request.
  const deletes = receiveByHttp ? done : done / perReceive;
  return {
    received,
    calls: received / perReceive + emptyReceives + deletes,
    receives: (received / perReceive) * chunks,
    emptyReceives,
    deletes,
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

import { Token } from "cdktf";
import { AWS_PRICES, type PriceTier, SQS_CHUNK_BYTES } from "../../prices/aws-prices";
import type { QueueOptions } from "../queue/leveled-queue";
import type { TargetQueue } from "../queue/target-queue";
import type { Checked } from "../setting";
import { plannedQueues } from "../queue/planned-queues";
import { type Route, routesAtPaths } from "../route/route-settings";
import { webhookEntries } from "../webhook/webhook-settings";
import { handshakePaths, type METHOD_SETTINGS } from "./methods";

/** The largest message, and the largest batch, that SQS takes. */
const LARGEST_SEND_BYTES = 1_048_576;

/**
 * SQS asks KMS for a data key, twice for each sender, as often as its reuse period ends, which is 300 seconds here.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const KMS_REQUESTS_PER_DAY = (2 * 86_400) / 300;

/** What decides what a request costs: the queue, and settings. */
export interface Priced extends Pick<
  Checked<typeof METHOD_SETTINGS>,
  "messageGroupId" | "requestTemplates" | "batch" | "cors" | "webhook" | "routes" | "queues"
> {
  readonly queue: TargetQueue;
}

/** What callers can make the account pay at most: for each request, by method, and for each day. */
export interface WorstCase {
  readonly perRequest: readonly number[];
  readonly perDay: number;
  /** The prices in words. */
  readonly told: string;
}

/**
 * Every request is taken to bring the largest message. Templates of the user's own may send a batch, and give a message a group,
 * which on a standard queue costs as fair queues do.
 */
export function worstCase(priced: Priced): WorstCase {
  const { queue, requestTemplates, batch, cors, webhook, routes } = priced;
  const { region, asOf } = AWS_PRICES;
  const request = dearest(AWS_PRICES.restRequests);
  const kms = dearest(AWS_PRICES.kmsRequests);
  const isOwnTemplate = requestTemplates !== undefined;
  const ofSenders = webhookEntries(webhook);
  const hasGroups = isOwnTemplate || [priced, ...ofSenders].some((method) => method.messageGroupId);
  const send = sendPrice(queue, hasGroups);
  const largest = isOwnTemplate ? LARGEST_SEND_BYTES : largestMessage(queue);
  const post = (bytes: number) => (request + send * chunks(bytes)) / 1e6;
  const mock = request / 1e6;
  const postTo = (route: Route) => {
    const isFifo = route.fifo ?? queue.isFifo;
    const maxMessageSize = route.maxMessageSize ?? queue.maxMessageSize;
    const isOwn = isOwnTemplate || route.requestTemplates !== undefined;
    const ofGroup = hasGroups || route.messageGroupId !== undefined || isOwn;
    const bytes = isOwn ? LARGEST_SEND_BYTES : largestMessage({ maxMessageSize });
    return (request + sendPrice({ isFifo }, ofGroup) * chunks(bytes)) / 1e6;
  };
  const encrypts = queue.isEncryptedBySqs !== true;
  return {
    perRequest: [
      post(largest),
      ...(batch ? [post(LARGEST_SEND_BYTES)] : []),
      ...(cors ? [mock, ...(batch ? [mock] : [])] : []),
      ...ofSenders.map(() => post(largestMessage(queue))),
      ...handshakePaths(webhook).map(() => mock),
      ...routesAtPaths(routes).flatMap(([, route]) => [postTo(route), ...(cors ? [mock] : [])]),
    ],
    perDay: encrypts ? (kms / 1e6) * KMS_REQUESTS_PER_DAY * (1 + plannedQueues(priced).length) : 0,
    told: [
      `API Gateway ${dollars(request)} a million requests`,
      `SQS ${dollars(send)} a million chunks of 64 KiB, ${chunks(largest)} in a message${batch ? `, ${chunks(LARGEST_SEND_BYTES)} in a batch` : ""}`,
      ...(encrypts ? [`KMS ${dollars(kms)} a million requests`] : []),
      `${region}, ${asOf}`,
    ].join("; "),
  };
}

/** Of a million sends, in chunks. */
function sendPrice({ isFifo }: Pick<TargetQueue, "isFifo">, hasGroups: boolean): number {
  const { sqsStandardRequests, sqsFifoRequests, sqsFairSurcharge } = AWS_PRICES;
  if (isFifo) return dearest(sqsFifoRequests);
  return dearest(sqsStandardRequests) + (hasGroups ? dearest(sqsFairSurcharge) : 0);
}

function dearest(tiers: readonly PriceTier[]): number {
  return Math.max(...tiers.map(({ usd }) => usd));
}

/** Undefined, or known to Terraform only: whatever SQS takes. */
function largestMessage({ maxMessageSize }: QueueOptions): number {
  return maxMessageSize === undefined || Token.isUnresolved(maxMessageSize)
    ? LARGEST_SEND_BYTES
    : maxMessageSize;
}

function chunks(bytes: number): number {
  return Math.ceil(bytes / SQS_CHUNK_BYTES);
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

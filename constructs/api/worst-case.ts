import { Token } from "cdktf";
import { AWS_PRICES, type PriceTier, SQS_CHUNK_BYTES } from "../../prices/aws-prices";
import type { TargetQueue } from "../queue/target-queue";
import type { Checked } from "../setting";
import { receiveOptions } from "../receive/receive-settings";
import { ownQueuePaths, webhookEntries } from "../webhook/webhook-settings";
import { handshakePaths, type METHOD_SETTINGS } from "./methods";

/** The largest message, and the largest batch, that SQS takes. */
const LARGEST_SEND_BYTES = 1_048_576;

/**
 * SQS asks KMS for a data key, twice for each sender, as often as its reuse period ends, which is 300 seconds here.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const KMS_REQUESTS_PER_DAY = (2 * 86_400) / 300;

/** Once for each receiver. */
const KMS_REQUESTS_OF_RECEIVER = 86_400 / 300;

/** What decides what a request costs: the queue, and settings. */
export interface Priced extends Pick<
  Checked<typeof METHOD_SETTINGS>,
  "messageGroupId" | "requestTemplates" | "batch" | "cors" | "receive" | "webhook"
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
  const { queue, requestTemplates, batch, cors, receive, webhook } = priced;
  const { region, asOf } = AWS_PRICES;
  const request = dearest(AWS_PRICES.restRequests);
  const kms = dearest(AWS_PRICES.kmsRequests);
  const isOwnTemplate = requestTemplates !== undefined;
  const ofSenders = webhookEntries(webhook);
  const hasGroups = isOwnTemplate || [priced, ...ofSenders].some((method) => method.messageGroupId);
  const send = sendPrice(queue, hasGroups);
  const largest = isOwnTemplate ? LARGEST_SEND_BYTES : largestMessage(queue);
  const call = (bytes: number) => (request + send * chunks(bytes)) / 1e6;
  const mock = request / 1e6;
  const encrypts = queue.isEncryptedBySqs !== true;
  const receiving = receiveOptions(receive);
  const kmsRequests = KMS_REQUESTS_PER_DAY * (1 + ownQueuePaths(webhook).length);
  return {
    perRequest: [
      call(largest),
      ...(batch ? [call(LARGEST_SEND_BYTES)] : []),
      ...(cors ? [mock, ...(batch ? [mock] : [])] : []),
      ...(receiving ? [call(receiving.maxMessages * largest), call(1), call(1), call(1)] : []),
      ...(receiving && cors ? [mock, mock] : []),
      ...ofSenders.map(() => call(largestMessage(queue))),
      ...handshakePaths(webhook).map(() => mock),
    ],
    perDay: encrypts ? (kms / 1e6) * (kmsRequests + (receiving ? KMS_REQUESTS_OF_RECEIVER : 0)) : 0,
    told: [
      `API Gateway ${dollars(request)} a million requests`,
      `SQS ${dollars(send)} a million chunks of 64 KiB, ${chunks(largest)} in a message${batch ? `, ${chunks(LARGEST_SEND_BYTES)} in a batch` : ""}${receiving ? `, ${chunks(receiving.maxMessages * largest)} in a receive` : ""}`,
      ...(encrypts ? [`KMS ${dollars(kms)} a million requests`] : []),
      `${region}, ${asOf}`,
    ].join("; "),
  };
}

/** Of a million sends, in chunks. */
function sendPrice({ isFifo }: TargetQueue, hasGroups: boolean): number {
  const { sqsStandardRequests, sqsFifoRequests, sqsFairSurcharge } = AWS_PRICES;
  if (isFifo) return dearest(sqsFifoRequests);
  return dearest(sqsStandardRequests) + (hasGroups ? dearest(sqsFairSurcharge) : 0);
}

function dearest(tiers: readonly PriceTier[]): number {
  return Math.max(...tiers.map(({ usd }) => usd));
}

/** Undefined, or known to Terraform only: whatever SQS takes. */
function largestMessage({ maxMessageSize }: TargetQueue): number {
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

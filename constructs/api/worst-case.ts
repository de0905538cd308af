import { Token } from "cdktf";
import { AWS_PRICES, type PriceTier, SQS_CHUNK_BYTES } from "../../prices/aws-prices";
import type { QueueOptions } from "../queue/leveled-queue";
import type { TargetQueue } from "../queue/target-queue";
import { type LargeBodies, largeBodiesOf } from "../large-bodies/large-body-settings";
import type { Checked } from "../setting";
import { plannedQueues } from "../queue/planned-queues";
import { receiveOptions } from "../receive/receive-settings";
import { routeSettings, routesAtPaths } from "../route/route-settings";
import { webhookEntries } from "../webhook/webhook-settings";
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
  | "messageGroupId"
  | "requestTemplates"
  | "batch"
  | "cors"
  | "largeBodies"
  | "receive"
  | "webhook"
  | "routes"
  | "queues"
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
  const { queue, batch, cors, receive, webhook, routes } = priced;
  const { region, asOf } = AWS_PRICES;
  const kms = dearest(AWS_PRICES.kmsRequests);
  const ofSenders = webhookEntries(webhook);
  const isGrouped = ofSenders.some(({ messageGroupId }) => messageGroupId !== undefined);
  const first = { ...priced, isGrouped, isFifo: queue.isFifo, maxMessageSize: queue.maxMessageSize };
  const { largest, send, call } = ofQueue(first);
  const ofRoutes = routesAtPaths(routes).map(([, route]) => ({ ...first, ...routeSettings(route, first) }));
  const receivers = [first, ...ofRoutes].filter((path) => receiveOptions(path.receive)).length;
  const encrypts = queue.isEncryptedBySqs !== true;
  const kmsRequests =
    KMS_REQUESTS_PER_DAY * (1 + plannedQueues(priced).length) + KMS_REQUESTS_OF_RECEIVER * receivers;
  const receiving = receiveOptions(receive);
  const largeBodies = largeBodiesOf(priced.largeBodies);
  return {
    perRequest: [
      ...ofPath(first),
      ...(batch ? [call(LARGEST_SEND_BYTES), ...(cors ? [MOCK] : [])] : []),
      ...(largeBodies ? [call(1) + storagePrice(largeBodies), ...(cors ? [MOCK] : [])] : []),
      ...ofSenders.map(() => call(largestMessage(queue))),
      ...handshakePaths(webhook).map(() => MOCK),
      ...ofRoutes.flatMap(ofPath),
    ],
    perDay: encrypts ? (kms / 1e6) * kmsRequests : 0,
    told: [
      `API Gateway ${dollars(REQUEST)} a million requests`,
      `SQS ${dollars(send)} a million chunks of 64 KiB, ${chunks(largest)} in a message${batch ? `, ${chunks(LARGEST_SEND_BYTES)} in a batch` : ""}${receiving ? `, ${chunks(receiving.maxMessages * largest)} in a receive` : ""}`,
      ...(largeBodies
        ? [`S3 ${dollars(storagePrice(largeBodies) * 1e6)} a million bodies of 10 MB until they expire`]
        : []),
      ...(encrypts ? [`KMS ${dollars(kms)} a million requests`] : []),
      `${region}, ${asOf}`,
    ].join("; "),
  };
}

const REQUEST = dearest(AWS_PRICES.restRequests);

/** What API Gateway answers itself. */
const MOCK = REQUEST / 1e6;

/** What decides the costs of a path with a queue of its own. */
interface PricedPath
  extends Pick<Priced, "messageGroupId" | "requestTemplates" | "cors" | "receive">, QueueOptions {
  readonly isFifo: boolean;
  /** Do others give messages of the queue a group? */
  readonly isGrouped: boolean;
}

/** What a request costs to each method of a path: those that send, receive, and answer browsers. */
function ofPath(path: PricedPath): number[] {
  const { cors, receive } = path;
  const { largest, call } = ofQueue(path);
  const receiving = receiveOptions(receive);
  return [
    call(largest),
    ...(cors ? [MOCK] : []),
    ...(receiving ? [call(receiving.maxMessages * largest), call(1), call(1), call(1)] : []),
    ...(receiving && cors ? [MOCK, MOCK] : []),
  ];
}

function ofQueue({ requestTemplates, messageGroupId, isGrouped, ...path }: PricedPath) {
  const isOwnTemplate = requestTemplates !== undefined;
  const hasGroups = isOwnTemplate || isGrouped || messageGroupId !== undefined;
  const send = sendPrice({ isFifo: path.fifo ?? path.isFifo }, hasGroups);
  return {
    largest: isOwnTemplate ? LARGEST_SEND_BYTES : largestMessage(path),
    send,
    /** A request that moves so many bytes. */
    call: (bytes: number) => (REQUEST + send * chunks(bytes)) / 1e6,
  };
}

/** Of a million sends, in chunks. */
function sendPrice({ isFifo }: Pick<TargetQueue, "isFifo">, hasGroups: boolean): number {
  const { sqsStandardRequests, sqsFifoRequests, sqsFairSurcharge } = AWS_PRICES;
  if (isFifo) return dearest(sqsFifoRequests);
  return dearest(sqsStandardRequests) + (hasGroups ? dearest(sqsFairSurcharge) : 0);
}

/** API Gateway's limit. */
const LARGEST_BODY_BYTES = 10_485_760;

const DAYS_OF_A_MONTH = 30;

/** Of one body of the largest size, with the request that stores it, and one to KMS for a customer's key. A day more until S3 takes it away. */
function storagePrice({ expirationDays, encryptionKeyArn }: LargeBodies): number {
  const { s3Puts, s3Storage, kmsRequests } = AWS_PRICES;
  const requests = dearest(s3Puts) + (encryptionKeyArn === undefined ? 0 : dearest(kmsRequests));
  const gigabytes = LARGEST_BODY_BYTES / 2 ** 30;
  return requests / 1e6 + gigabytes * dearest(s3Storage) * ((expirationDays + 1) / DAYS_OF_A_MONTH);
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

import { Token } from "cdktf";
import { AWS_PRICES, type PriceTier, SQS_CHUNK_BYTES } from "../../prices/aws-prices";
import type { TargetQueue } from "../queue/target-queue";
import { type LargeBodies, largeBodiesOf } from "../large-bodies/large-body-settings";
import type { Checked } from "../setting";
import { ownQueuePaths, webhookEntries } from "../webhook/webhook-settings";
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
  "messageGroupId" | "requestTemplates" | "batch" | "cors" | "largeBodies" | "webhook"
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
  const { queue, requestTemplates, batch, cors, webhook } = priced;
  const { region, asOf } = AWS_PRICES;
  const request = dearest(AWS_PRICES.restRequests);
  const kms = dearest(AWS_PRICES.kmsRequests);
  const isOwnTemplate = requestTemplates !== undefined;
  const ofSenders = webhookEntries(webhook);
  const hasGroups = isOwnTemplate || [priced, ...ofSenders].some((method) => method.messageGroupId);
  const send = sendPrice(queue, hasGroups);
  const largeBodies = largeBodiesOf(priced.largeBodies);
  const largest = isOwnTemplate ? LARGEST_SEND_BYTES : largestMessage(queue);
  const post = (bytes: number) => (request + send * chunks(bytes)) / 1e6;
  const mock = request / 1e6;
  const encrypts = queue.isEncryptedBySqs !== true;
  return {
    perRequest: [
      post(largest),
      ...(batch ? [post(LARGEST_SEND_BYTES)] : []),
      ...(largeBodies ? [(request + send) / 1e6 + storagePrice(largeBodies)] : []),
      ...(cors && largeBodies ? [mock] : []),
      ...(cors ? [mock, ...(batch ? [mock] : [])] : []),
      ...ofSenders.map(() => post(largestMessage(queue))),
      ...handshakePaths(webhook).map(() => mock),
    ],
    perDay: encrypts ? (kms / 1e6) * KMS_REQUESTS_PER_DAY * (1 + ownQueuePaths(webhook).length) : 0,
    told: [
      `API Gateway ${dollars(request)} a million requests`,
      `SQS ${dollars(send)} a million chunks of 64 KiB, ${chunks(largest)} in a message${batch ? `, ${chunks(LARGEST_SEND_BYTES)} in a batch` : ""}`,
      ...(largeBodies
        ? [`S3 ${dollars(storagePrice(largeBodies) * 1e6)} a million bodies of 10 MB until they expire`]
        : []),
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

/** API Gateway's limit. */
const LARGEST_BODY_BYTES = 10_485_760;

const DAYS_OF_A_MONTH = 30;

/** Of one body of the largest size, with the request that stores it, and one to KMS for a customer's key. A day more until S3 takes it away. */
function storagePrice({ expirationDays, encryptionKeyArn }: LargeBodies): number {
  const { s3PutRequests, s3GigabyteMonth, kmsRequests } = AWS_PRICES;
  const requests = dearest(s3PutRequests) + (encryptionKeyArn === undefined ? 0 : dearest(kmsRequests));
  const gigabytes = LARGEST_BODY_BYTES / 2 ** 30;
  return requests / 1e6 + gigabytes * s3GigabyteMonth * ((expirationDays + 1) / DAYS_OF_A_MONTH);
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

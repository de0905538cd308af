import { Token } from "cdktf";
import type { TargetQueue } from "../queue/target-queue";
import type { Checked } from "../setting";
import type { METHOD_SETTINGS } from "./methods";

/**
 * Dollars in us-east-1, of the first and dearest tier, without the free ones. They are read from public copies of AWS's pages
 * up to June 2026, not from the pages themselves.
 * @see https://aws.amazon.com/api-gateway/pricing/
 * @see https://aws.amazon.com/sqs/pricing/
 * @see https://aws.amazon.com/kms/pricing/
 */
export const PRICES = {
  region: "us-east-1",
  date: "June 2026",
  restApi: { perMillion: 3.5 },
  sqs: { perMillion: 0.4, fifoPerMillion: 0.5, fairPerMillion: 0.1, chunkBytes: 65_536 },
  kms: { perMillion: 3 },
} as const;

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
  "messageGroupId" | "requestTemplates" | "batch" | "cors"
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
export function worstCase({ queue, messageGroupId, requestTemplates, batch, cors }: Priced): WorstCase {
  const { restApi, sqs, kms, region, date } = PRICES;
  const isOwnTemplate = requestTemplates !== undefined;
  const hasGroups = messageGroupId !== undefined || isOwnTemplate;
  const send = queue.isFifo ? sqs.fifoPerMillion : sqs.perMillion + (hasGroups ? sqs.fairPerMillion : 0);
  const largest = isOwnTemplate ? LARGEST_SEND_BYTES : largestMessage(queue);
  const post = (bytes: number) => (restApi.perMillion + send * chunks(bytes)) / 1e6;
  const preflight = restApi.perMillion / 1e6;
  const encrypts = queue.isEncryptedBySqs !== true;
  return {
    perRequest: [
      post(largest),
      ...(batch ? [post(LARGEST_SEND_BYTES)] : []),
      ...(cors ? [preflight, ...(batch ? [preflight] : [])] : []),
    ],
    perDay: encrypts ? (kms.perMillion / 1e6) * KMS_REQUESTS_PER_DAY : 0,
    told: [
      `API Gateway ${dollars(restApi.perMillion)} a million requests`,
      `SQS ${dollars(send)} a million chunks of 64 KiB, ${chunks(largest)} in a message${batch ? `, ${chunks(LARGEST_SEND_BYTES)} in a batch` : ""}`,
      ...(encrypts ? [`KMS ${dollars(kms.perMillion)} a million requests`] : []),
      `${region}, ${date}`,
    ].join("; "),
  };
}

/** Undefined, or known to Terraform only: whatever SQS takes. */
function largestMessage({ maxMessageSize }: TargetQueue): number {
  return maxMessageSize === undefined || Token.isUnresolved(maxMessageSize)
    ? LARGEST_SEND_BYTES
    : maxMessageSize;
}

function chunks(bytes: number): number {
  return Math.ceil(bytes / PRICES.sqs.chunkBytes);
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

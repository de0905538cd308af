import { type AwsPrices, GIGABYTE } from "../prices/aws-prices";
import { priceOf, requestPrice } from "./price";

/** Messages whose bodies go to S3. */
export interface LargeBodies {
  /** Share of the messages. */
  readonly largeShare: number;
  readonly largeBytes: number;
  /** After which S3 deletes them. */
  readonly largeDays: number;
}

/** What decides their price. */
interface PricedBodies extends LargeBodies {
  readonly prices: AwsPrices;
}

/** A month of large bodies. */
export interface LargeBodyCost {
  readonly puts: number;
  readonly gets: number;
  /** A gigabyte that is stored for a month is one. */
  readonly gigabyteMonths: number;
  readonly s3Usd: number;
}

/** About what S3 tells the queue of a body. It never fills 64 KiB: keys are up to 1,024 bytes. */
export const POINTER_BYTES = 1024;

/** Days of a month, as AWS's own estimates have it: 730 hours. */
const DAYS_A_MONTH = 730 / 24;

/**
 * S3 rounds an end up to the next midnight: half a day on average.
 * @see https://repost.aws/knowledge-center/s3-lifecycle-rule-delay
 */
const ROUNDED_UP_DAYS = 0.5;

/** Large bodies of a month: how many were sent, and how often consumers fetched one. */
interface Bodies {
  readonly sent: number;
  readonly fetched: number;
}

/** What S3 charges for large bodies. Its notifications are free; what they send to the queue is not, and neither is here. */
export function largeBodyCost(
  { sent, fetched }: Bodies,
  { largeBytes, largeDays, prices }: PricedBodies,
): LargeBodyCost {
  const months = (largeDays + ROUNDED_UP_DAYS) / DAYS_A_MONTH;
  const gigabyteMonths = ((sent * largeBytes) / GIGABYTE) * months;
  const s3Usd =
    requestPrice(sent, prices.s3Puts) +
    requestPrice(fetched, prices.s3Gets) +
    priceOf(gigabyteMonths, prices.s3Storage);
  return { puts: sent, gets: fetched, gigabyteMonths, s3Usd };
}

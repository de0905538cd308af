/** What a million requests cost, up to so many a month; without `upTo` all beyond. */
export interface PriceTier {
  readonly upTo?: number | undefined;
  readonly usd: number;
}

/** SQS charges a message by such chunks, each as a request. @see https://aws.amazon.com/sqs/pricing/ */
export const SQS_CHUNK_BYTES = 65_536;

/** What AWS charges for the requests of a month. */
export interface AwsPrices {
  readonly region: string;
  /** The month of the youngest source. */
  readonly asOf: string;
  /** Where each price is from, with its date. */
  readonly sources: readonly string[];
  readonly restRequests: readonly PriceTier[];
  readonly sqsStandardRequests: readonly PriceTier[];
  readonly sqsFifoRequests: readonly PriceTier[];
  /** On top of a standard queue's price, where messages have a group. */
  readonly sqsFairSurcharge: readonly PriceTier[];
  readonly kmsRequests: readonly PriceTier[];
  readonly s3PutRequests: readonly PriceTier[];
  /** What a GB costs that S3 Standard keeps for a month. */
  readonly s3GigabyteMonth: number;
}

/** List prices; what is free, such as an account's first million of SQS requests a month, is not taken off. */
export const AWS_PRICES: AwsPrices = {
  region: "us-east-1",
  asOf: "June 2026",
  sources: [
    "REST requests: https://aws.amazon.com/api-gateway/pricing/, the tiers of November 2018 as an AWS whitepaper repeats them",
    "SQS requests: https://cloudburn.io/blog/amazon-sqs-pricing, 2026-03-14",
    "KMS requests: https://aws.amazon.com/kms/pricing/, as public copies of it say in June 2026",
    "S3 requests and storage: https://aws.amazon.com/s3/pricing/, S3 Standard, as public copies of it say in June 2026",
  ],
  restRequests: [
    { upTo: 333_000_000, usd: 3.5 },
    { upTo: 1_000_000_000, usd: 2.8 },
    { upTo: 20_000_000_000, usd: 2.38 },
    { usd: 1.51 },
  ],
  sqsStandardRequests: [
    { upTo: 100_000_000_000, usd: 0.4 },
    { upTo: 200_000_000_000, usd: 0.3 },
    { usd: 0.24 },
  ],
  sqsFifoRequests: [{ usd: 0.5 }],
  sqsFairSurcharge: [{ usd: 0.1 }],
  kmsRequests: [{ usd: 3 }],
  s3PutRequests: [{ usd: 5 }],
  s3GigabyteMonth: 0.023,
};

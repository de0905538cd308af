/** What a million requests cost, or a gigabyte, up to so many a month; without `upTo` all beyond. */
export interface PriceTier {
  readonly upTo?: number | undefined;
  readonly usd: number;
}

/** SQS charges a message by such chunks, each as a request. @see https://aws.amazon.com/sqs/pricing/ */
export const SQS_CHUNK_BYTES = 65_536;

/** What AWS takes for a gigabyte. */
export const GIGABYTE = 1_073_741_824;

/** What AWS charges for a month. */
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
  readonly s3Puts: readonly PriceTier[];
  readonly s3Gets: readonly PriceTier[];
  /** Of a gigabyte that is stored for a month. */
  readonly s3Storage: readonly PriceTier[];
  /** Of a gigabyte that leaves AWS for the internet, from API Gateway or S3. */
  readonly transferOut: readonly PriceTier[];
}

/** List prices; what is free, such as an account's first million of SQS requests a month, is not taken off. */
export const AWS_PRICES: AwsPrices = {
  region: "us-east-1",
  asOf: "June 2026",
  sources: [
    "REST requests: https://aws.amazon.com/api-gateway/pricing/, the tiers of November 2018 as an AWS whitepaper repeats them",
    "SQS requests: https://cloudburn.io/blog/amazon-sqs-pricing, 2026-03-14",
    "KMS requests: https://aws.amazon.com/kms/pricing/, as public copies of it say in June 2026",
    "S3 storage: https://gist.github.com/EverettBerry/a37438006529a55f42da6fdbc44a505c, 2022-07-07; S3 requests, data transfer: https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples, undated",
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
  s3Puts: [{ usd: 5 }],
  s3Gets: [{ usd: 0.4 }],
  s3Storage: [{ upTo: 51_200, usd: 0.023 }, { upTo: 512_000, usd: 0.022 }, { usd: 0.021 }],
  transferOut: [{ upTo: 10_240, usd: 0.09 }, { upTo: 51_200, usd: 0.085 }, { usd: 0.07 }],
};

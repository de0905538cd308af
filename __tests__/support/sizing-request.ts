import { AWS_PRICES } from "../../prices/aws-prices";
import type { Billing } from "../../sizing/cost";
import type { QueueLoad } from "../../sizing/queue-load";
import { readArrivals } from "../../sizing/read-arrivals";
import type { SizingRequest } from "../../sizing/sizing";

/** What `npm run sizing` makes of these arrivals; 20 consumers of 0.2 s a message, if nothing else is said. */
export function sizingRequest(
  arrivals: string,
  load: Partial<QueueLoad> = {},
  billing: Partial<Billing> = {},
): SizingRequest {
  return {
    arrivals: readArrivals(arrivals),
    load: {
      consumers: 20,
      secondsPerMessage: 0.2,
      visibilityTimeout: 30,
      failureRate: 0,
      poisonRate: 0,
      maxReceives: 5,
      retention: 345_600,
      throttle: { rate: 10_000, burst: 5000 },
      ...load,
    },
    billing: {
      queueType: "standard",
      bytesPerMessage: 1024,
      batchSize: 1,
      waitTime: 20,
      timesAMonth: 30,
      receiveByHttp: false,
      largeShare: 0,
      largeBytes: 1_048_576,
      largeDays: 15,
      prices: AWS_PRICES,
      ...billing,
    },
  };
}

import { MONTH } from "./cost";
import { canDrain } from "./horizon";
import { throughputOf } from "./queue-load";
import { toldCount, toldDuration, toldRate } from "./quantities";
import type { Sizing, SizingRequest } from "./sizing";

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const FIFO_SENDS = 300;

/** What must not be overlooked. The worst comes first. */
export function warningsOf(request: SizingRequest, sizing: Omit<Sizing, "warnings">): readonly string[] {
  return [lost, neverDrained, overlapping, receivedTwice, fifoThrottled].flatMap((warning) =>
    warning(request, sizing),
  );
}

type Warning = (request: SizingRequest, sizing: Omit<Sizing, "warnings">) => readonly string[];

const lost: Warning = ({ load }, sizing) =>
  sizing.lost < 1
    ? []
    : [
        `LOST: ${toldCount(sizing.lost)} messages are older than the retention of ${toldDuration(load.retention)}; SQS deletes them, and they don't go to the dead-letter queue. Take more consumers, or a longer --retention.`,
      ];

const neverDrained: Warning = ({ arrivals, load }) =>
  canDrain(arrivals, load)
    ? []
    : [
        `NEVER DRAINED: the base is ${toldRate(Math.min(arrivals.base, load.throttle.rate))}, and ${load.consumers} consumers do ${toldRate(throughputOf(load))}. The backlog grows without end.`,
      ];

const overlapping: Warning = ({ billing }, { drained }) =>
  drained === undefined || drained.at <= MONTH / billing.timesAMonth
    ? []
    : [
        `OVERLAPPING: the backlog is gone after ${toldDuration(drained.at)}, and ${billing.timesAMonth} times a month is once in ${toldDuration(MONTH / billing.timesAMonth)}: the next one comes on top of it, which isn't in these figures.`,
      ];

const receivedTwice: Warning = ({ load, billing }) => {
  const seconds = billing.batchSize * load.secondsPerMessage;
  if (seconds <= load.visibilityTimeout) return [];
  return [
    `RECEIVED TWICE: a batch of ${billing.batchSize} takes ${toldDuration(seconds)}, longer than the visibility timeout of ${toldDuration(load.visibilityTimeout)}: its last messages go to another consumer too, which isn't in these figures.`,
  ];
};

const fifoThrottled: Warning = ({ arrivals, billing }, { peakRate }) =>
  billing.queueType !== "fifo" || Math.max(peakRate, arrivals.base) <= FIFO_SENDS
    ? []
    : [
        `FIFO: ${toldRate(peakRate)} is over the ${FIFO_SENDS} sends a second of a FIFO queue; fifo_high_throughput, or batches of ten, take more. One consumer at a time works on a message group.`,
      ];

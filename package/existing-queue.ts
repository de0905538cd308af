export { ExistingQueue, type ExistingQueueProps } from "../constructs/queue/existing-queue";

export { LeveledQueue, type LeveledQueueProps, type QueueOptions } from "../constructs/queue/leveled-queue";

export {
  type MatcherResult,
  type QueuedOptions,
  type QueueMatchers,
  toHaveNothingQueued,
  toHaveQueued,
} from "../local/server/queue-matchers";

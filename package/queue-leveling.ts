export type { Authorization, AuthorizerContext } from "../constructs/authorizer/authorization";
export type { TargetApi } from "../constructs/api/target-api";
export type { TargetQueue } from "../constructs/queue/target-queue";
export type { ApiOptions } from "../constructs/api/api-settings";
export { QueueLeveling, type QueueLevelingProps } from "../constructs/queue-leveling";

export type { Handshake, VerifiedDelivery, VerifyOptions } from "../webhooks/verify";
export { verify } from "../webhooks/verify";
export { type LambdaMessage, type QueueMessage, type SdkMessage } from "../webhooks/queue-message";
export { IdsInMemory, type SeenIds } from "../webhooks/seen-ids";
export { type SignedSample, type SampleOptions, signedSample } from "../webhooks/sign";
export type { SentRequest } from "../webhooks/signatures/scheme";
export type { Fetch } from "../webhooks/fetch-trusted";
export { VerificationError, type VerificationCode } from "../webhooks/verification-error";

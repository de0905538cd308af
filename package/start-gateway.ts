export type { RequestTrace } from "../local/apigateway/request-trace";
export type { ApiKeyToSend, Endpoint } from "../local/server/endpoints";
export type { ServedStack } from "../local/server/served-stacks";
export { type GatewayOptions, type RunningGateway, startGateway } from "../local/server/start-gateway";
export { UserError } from "../local/server/user-error";
export type { PeekedMessage } from "../local/sqs/message";
export { StackError } from "../local/terraform/stack-error";

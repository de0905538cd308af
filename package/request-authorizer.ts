export { RequestAuthorizer, type RequestAuthorizerProps } from "../constructs/authorizer/request-authorizer";
export type { IdentitySource } from "../constructs/authorizer/identity-source";

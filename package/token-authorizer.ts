export { TokenAuthorizer, type TokenAuthorizerProps } from "../constructs/authorizer/token-authorizer";

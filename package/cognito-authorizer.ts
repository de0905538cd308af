export { CognitoAuthorizer, type CognitoAuthorizerProps } from "../constructs/authorizer/cognito-authorizer";

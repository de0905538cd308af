/** What the role with which API Gateway writes logs says of itself: by it `npm run orphans` knows the role, which is in no state. */
export const CLOUDWATCH_ROLE_DESCRIPTION =
  "API Gateway writes the logs of ALL APIs of the account with it: see aws apigateway get-account";

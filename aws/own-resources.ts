/** The tag that all resources of a stack carry, with the stack's name: by it `npm run orphans` knows them. */
export const STACK_TAG = "queue-leveling:stack";

/** What the names of all roles of the stacks begin with: no service of AWS lists roles by a tag. */
export const ROLE_NAME_PREFIX = "queue-leveling-";

/** What the role with which API Gateway writes logs says of itself: it is in no state. */
export const CLOUDWATCH_ROLE_DESCRIPTION =
  "API Gateway writes the logs of ALL APIs of the account with it: see aws apigateway get-account";

/** What the names of buckets for large bodies begin with, up to what AWS puts behind it. */
export const LARGE_BODY_BUCKET_PREFIX = "queue-leveling-bodies-";

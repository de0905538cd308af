/** Settings below `params`, as a user writes them. */
export type Params = Readonly<Record<string, unknown>>;

/** Settings that are tried together: each has another value than the default, or than in `base`. */
export interface SettingGroup {
  /** What the others need, in place before and after. */
  readonly base: Params;
  readonly settings: Params;
}

const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function";

const FIFO: Params = {
  fifo: true,
  message_group_id: { constant: "all" },
  message_deduplication_id: { header: "Idempotency-Key" },
};

/** Every setting that a deployed stack can take on and take back, in as few groups as the settings' rules allow. */
export const SETTING_GROUPS = {
  "a standard queue": {
    base: {},
    settings: {
      authorizer_lambda_arn: `${FUNCTION}:decide-anew`,
      authorizer_result_ttl_seconds: 60,
      authorizer_token_pattern: "^Bearer .+$",
      batch: true,
      binary_content_types: ["image/png", "text/xml"],
      content_types: ["application/json", "image/png", "text/xml"],
      cors: { allow_origins: ["https://shop.example"] },
      delay_seconds: 5,
      encryption: "sqs-managed",
      forward_authorizer_keys: ["principalId"],
      forward_headers: ["X-GitHub-Event"],
      forward_query_parameters: ["tenant"],
      forward_request_metadata: ["requestId"],
      integration_timeout_milliseconds: 7000,
      max_message_size: 2048,
      max_receive_count: 7,
      message_group_id: { header: "X-Tenant" },
      message_retention_seconds: 120,
      prevent_destroy: true,
      receive_wait_time_seconds: 20,
      request_schema: { "application/json": { type: "object" } },
      request_templates: { "text/xml": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" },
      required_headers: ["X-Tenant"],
      required_query_parameters: ["tenant"],
      response: "compact",
      stage_name: "live",
      tags: { team: "orders" },
      visibility_timeout_seconds: 60,
    },
  },
  "a queue with a customer's key, without dead letters": {
    base: {},
    settings: {
      dead_letter_queue: false,
      encryption: "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000000",
    },
  },
  "a FIFO queue": {
    base: FIFO,
    settings: {
      fifo_high_throughput: true,
      content_based_deduplication: true,
      message_deduplication_id: { query: "id" },
    },
  },
  "another queue": { base: {}, settings: { ...FIFO, storage_sqs_queue_name: "others" } },
  "somebody else's queue": {
    base: {},
    settings: { existing_queue_arn: "arn:aws:sqs:eu-central-1:123456789012:theirs" },
  },
  "a queue that the stack adopts": {
    base: {},
    settings: {
      adopt_queue: "arn:aws:sqs:eu-central-1:123456789012:orders",
      dead_letter_queue: false,
      keep_queue_attributes: true,
    },
  },
  "a token in another header": { base: {}, settings: { authorizer_token_header: "X-Token" } },
  "a REQUEST authorizer that a role invokes": {
    base: {},
    settings: {
      authorization: "REQUEST",
      authorizer_identity_sources: [
        { header: "X-Api-Client" },
        { query: "signature" },
        { stage_variable: "tenant" },
        { context: "identity.sourceIp" },
      ],
      authorizer_invocation: "role",
    },
  },
  "a Cognito user pool": {
    base: {},
    settings: {
      authorization: "COGNITO_USER_POOLS",
      authorization_scopes: ["orders/write"],
      cognito_user_pool_arns: [
        "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI",
      ],
      forward_authorizer_keys: ["claims.sub"],
    },
  },
  "signatures of IAM": { base: {}, settings: { authorization: "AWS_IAM" } },
  "a function that the stack makes": {
    base: {},
    settings: { authorizer_function_folder: "lambda/token-authorizer" },
  },
  "a function that the stack makes, with its token in a secret": {
    base: { authorizer_function_folder: "lambda/token-authorizer" },
    settings: {
      authorizer_token_secret_arn:
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-token-AbCdEf",
    },
  },
  "somebody else's function": {
    base: {},
    settings: {
      authorizer_invocation: "owners-permission",
      authorizer_lambda_arn: "arn:aws:lambda:eu-west-1:210987654321:function:theirs:live",
    },
  },
  "somebody else's API": {
    base: {},
    settings: {
      deploy_existing_rest_api: true,
      existing_rest_api_id: "a1b2c3d4e5",
      existing_rest_api_parent_path: "/shop",
      stage_name: "v1",
    },
  },
} satisfies Record<string, SettingGroup>;

/** Terraform refuses to change it on a deployed stack. */
export const KEPT_BY_A_DEPLOYED_STACK = "aws_region_name";

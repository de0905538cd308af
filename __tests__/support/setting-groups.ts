/** Settings below `params`, as a user writes them. */
export type Params = Readonly<Record<string, unknown>>;

/** Settings that are tried together: each has another value than the default, or than in `base`. */
export interface SettingGroup {
  /** What the others need, in place before and after. */
  readonly base: Params;
  readonly settings: Params;
}

const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function";

const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-00000000000";

const FIFO: Params = {
  fifo: true,
  message_group_id: { constant: "all" },
  message_deduplication_id: { header: "Idempotency-Key" },
};

/** What the sender of a webhook can bring to an authorizer: a part of its URL. */
const SECRET_IN_URL: Params = {
  authorization: "REQUEST",
  authorizer_identity_sources: [{ query: "key" }],
};

/** Values of the sensitive variables that settings ask for: in the environment of whoever reads the JSON. */
export const SENSITIVE_VARIABLES = {
  TF_VAR_secret_header_value: "5up-3r/secret.value+of=a~hook",
  TF_VAR_webhook_verify_token: "4n0th3r-secret.of_a~handshake",
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
      forward_request_metadata: ["extendedRequestId"],
      integration_timeout_milliseconds: 7000,
      max_message_size: 2048,
      max_receive_count: 7,
      message_delay_out_of_range: "clamp",
      message_delay_seconds: { header: "X-Delay-Seconds" },
      message_group_id: { header: "X-Tenant" },
      message_retention_seconds: 1200,
      prevent_destroy: true,
      receive: { max_messages: 5 },
      queue_policy_statements: [
        {
          Sid: "Partner",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::210987654321:root" },
          Action: "sqs:SendMessage",
        },
      ],
      receive_wait_time_seconds: 20,
      request_id_attribute: false,
      request_schema: { "application/json": { type: "object" } },
      request_templates: { "text/xml": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" },
      required_headers: ["X-Tenant"],
      required_query_parameters: ["tenant"],
      response: "compact",
      stage_name: "live",
      tags: { team: "orders" },
      trace_header_attribute: false,
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
  "a queue whose senders know a secret": {
    base: {},
    settings: { secret_header: "X-Gitlab-Token" },
  },
  "a sender of webhooks": {
    base: SECRET_IN_URL,
    settings: { webhook: { sender: "slack", registering: true } },
  },
  "senders of webhooks on paths of their own": {
    base: SECRET_IN_URL,
    settings: {
      webhook: ["github", "slack", { sender: "meta", path: "whatsapp", own_queue: true }],
      www_authenticate: 'Basic realm="webhooks"',
    },
  },
  "several queues": {
    base: {},
    settings: {
      queue_by: { header: "X-Priority" },
      queues: { high: { visibility_timeout_seconds: 10 } },
      routes: {
        "/orders": {
          queue_by: { json_path: "$.priority" },
          queues: { low: { max_receive_count: 9 } },
          delay_seconds: 3,
        },
        "/eu/refunds": { ...FIFO, response: "compact" },
      },
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
  "callers with API keys": {
    base: {},
    settings: {
      api_key_burst_limit: 20,
      api_key_quota_limit: 1000,
      api_key_quota_offset: 1,
      api_key_quota_period: "WEEK",
      api_key_rate_limit: 2.5,
      api_key_source: "AUTHORIZER",
      api_keys: ["partner", "shop"],
      existing_api_key_ids: ["a1b2c3d4e5"],
    },
  },
  "a throttled stage": {
    base: { batch: true },
    settings: {
      method_throttles: { "sqs/batch/POST": { rate_limit: 1, burst_limit: 2 } },
      throttling_burst_limit: 20,
      throttling_rate_limit: 12.5,
    },
  },
  "a canary": { base: {}, settings: { canary: { percent: 12.5 } } },
  "a stage that costs so much at most": { base: {}, settings: { max_cost_per_day: 20 } },
  "a stage that tells of its requests": {
    base: {},
    settings: {
      access_log: true,
      access_log_format: "$context.extendedRequestId $context.status",
      cloudwatch_role: true,
      detailed_metrics: true,
      execution_log_full_data: true,
      execution_log_level: "INFO",
      keep_logs: true,
      log_encryption_key_arn:
        "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000001",
      log_retention_days: 90,
      xray_tracing: true,
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
  "an API behind a domain, a firewall and lists of addresses": {
    base: {},
    settings: {
      allowed_ip_addresses: ["127.0.0.0/8", "192.0.2.0/24", "2001:db8::/32"],
      client_certificate: true,
      custom_domain: {
        domain_name: "api.shop.example",
        certificate_arn: `${CERTIFICATE}1`,
        base_path: "orders",
        truststore_uri: "s3://shop/truststore.pem",
        truststore_version: "1",
        ownership_verification_certificate_arn: `${CERTIFICATE}2`,
      },
      denied_ip_addresses: ["192.0.2.7"],
      disable_execute_api_endpoint: true,
      web_acl_arn:
        "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/0a1b2c3d-0000-4000-8000-000000000000",
    },
  },
  "a private API": { base: {}, settings: { vpc_endpoint_ids: ["vpce-0a1b2c3d4e5f60718"] } },
  "an API with a security policy": {
    base: {},
    settings: { security_policy: "SecurityPolicy_TLS13_1_3_2025_09", endpoint_access_mode: "BASIC" },
  },
  "a stack that is watched": {
    base: {},
    settings: {
      alarms: {
        topics: ["arn:aws:sns:eu-central-1:123456789012:on-call"],
        backlog: 500,
        backlog_growth: false,
      },
      dashboard: true,
    },
  },
  "a stack whose refusals are watched": {
    base: {},
    settings: {
      access_log: true,
      alarms: { throttled_requests: 50, integration_errors: 1 },
      dashboard: true,
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
  "a consumer that the stack makes": {
    base: {},
    settings: {
      consumer: {
        function_folder: "lambda/token-authorizer",
        enabled: false,
        maximum_concurrency: 20,
        batch_size: 100,
        maximum_batching_window_seconds: 5,
        filter_patterns: [{ body: { type: ["order", "${not} an expression"] } }],
        report_batch_item_failures: false,
        timeout_seconds: 4,
        memory_size: 256,
        reserved_concurrent_executions: 20,
        tracing: true,
        environment_variables: { TABLE_NAME: "${not} an expression" },
        idempotency: true,
        idempotency_attribute: "Idempotency-Key",
      },
    },
  },
  "a function of yours, behind provisioned pollers": {
    base: {},
    settings: {
      consumer: { lambda_arn: `${FUNCTION}:consume:live`, minimum_pollers: 3, maximum_pollers: 5 },
    },
  },
  "large bodies": {
    base: { encryption: "sqs-managed" },
    settings: {
      large_bodies: {
        expiration_days: 30,
        binary_types: ["application/octet-stream", "image/png"],
        encryption_key_arn: "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000002",
        force_destroy: true,
      },
    },
  },
  "somebody else's API": {
    base: {},
    settings: {
      deploy_existing_rest_api: true,
      existing_rest_api_id: "a1b2c3d4e5",
      existing_rest_api_name: "shop",
      existing_rest_api_parent_path: "/shop",
      stage_name: "v1",
    },
  },
} satisfies Record<string, SettingGroup>;

/** Terraform refuses to change it on a deployed stack. */
export const KEPT_BY_A_DEPLOYED_STACK = "aws_region_name";

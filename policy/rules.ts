import type { PolicyRule } from "./rule";
import { AUTHORIZER_PERMISSION_NAMES_THE_API } from "./rules/authorizer-permission-names-the-api";
import { BODIES_ARE_NOT_LOGGED } from "./rules/bodies-are-not-logged";
import { BUCKET_EXPIRES_ITS_OBJECTS } from "./rules/bucket-expires-its-objects";
import { BUCKET_IS_CLOSED_TO_THE_PUBLIC } from "./rules/bucket-is-closed-to-the-public";
import { BUCKET_IS_ENCRYPTED } from "./rules/bucket-is-encrypted";
import { BUCKET_REFUSES_PLAIN_HTTP } from "./rules/bucket-refuses-plain-http";
import { DOMAIN_SPEAKS_TLS_1_2 } from "./rules/domain-speaks-tls-1-2";
import { ERRORS_OF_SQS_STAY_ERRORS } from "./rules/errors-of-sqs-stay-errors";
import { MESSAGE_BODY_IS_ENCODED } from "./rules/message-body-is-encoded";
import { MUTUAL_TLS_HAS_NO_WAY_ROUND } from "./rules/mutual-tls-has-no-way-round";
import { NO_SECRET_IN_THE_JSON } from "./rules/no-secret-in-the-json";
import { OBJECT_KEY_IS_NOT_THE_CALLERS } from "./rules/object-key-is-not-the-callers";
import { OPEN_METHOD_IS_THROTTLED } from "./rules/open-method-is-throttled";
import { OPEN_METHOD_ONLY_SENDS } from "./rules/open-method-only-sends";
import { PRIVATE_API_NAMES_ITS_ENDPOINTS } from "./rules/private-api-names-its-endpoints";
import { QUEUE_HAS_A_DEAD_LETTER_QUEUE } from "./rules/queue-has-a-dead-letter-queue";
import { QUEUE_IS_ENCRYPTED } from "./rules/queue-is-encrypted";
import { QUEUE_IS_NOT_PUBLIC } from "./rules/queue-is-not-public";
import { QUEUE_REFUSES_PLAIN_HTTP } from "./rules/queue-refuses-plain-http";
import { QUEUE_TAKES_EVENTS_OF_NAMED_SOURCES } from "./rules/queue-takes-events-of-named-sources";
import { ROLE_GRANTS_WHAT_IS_ASKED_FOR } from "./rules/role-grants-what-is-asked-for";
import { ROLE_HAS_ONE_DIRECTION } from "./rules/role-has-one-direction";
import { ROLE_ONLY_PUTS_OBJECTS } from "./rules/role-only-puts-objects";
import { ROLE_TRUSTS_API_GATEWAY_ONLY } from "./rules/role-trusts-api-gateway-only";
import { UNKNOWN_CONTENT_TYPES_ARE_REFUSED } from "./rules/unknown-content-types-are-refused";

/** Every rule: first what loses messages, then who gets in, then what is seen. */
export const POLICY_RULES: readonly PolicyRule[] = [
  ERRORS_OF_SQS_STAY_ERRORS,
  MESSAGE_BODY_IS_ENCODED,
  UNKNOWN_CONTENT_TYPES_ARE_REFUSED,
  OBJECT_KEY_IS_NOT_THE_CALLERS,
  QUEUE_HAS_A_DEAD_LETTER_QUEUE,
  ROLE_HAS_ONE_DIRECTION,
  ROLE_GRANTS_WHAT_IS_ASKED_FOR,
  ROLE_ONLY_PUTS_OBJECTS,
  ROLE_TRUSTS_API_GATEWAY_ONLY,
  QUEUE_IS_NOT_PUBLIC,
  QUEUE_TAKES_EVENTS_OF_NAMED_SOURCES,
  BUCKET_IS_CLOSED_TO_THE_PUBLIC,
  AUTHORIZER_PERMISSION_NAMES_THE_API,
  OPEN_METHOD_ONLY_SENDS,
  OPEN_METHOD_IS_THROTTLED,
  PRIVATE_API_NAMES_ITS_ENDPOINTS,
  MUTUAL_TLS_HAS_NO_WAY_ROUND,
  DOMAIN_SPEAKS_TLS_1_2,
  QUEUE_REFUSES_PLAIN_HTTP,
  BUCKET_REFUSES_PLAIN_HTTP,
  QUEUE_IS_ENCRYPTED,
  BUCKET_IS_ENCRYPTED,
  BODIES_ARE_NOT_LOGGED,
  BUCKET_EXPIRES_ITS_OBJECTS,
  NO_SECRET_IN_THE_JSON,
];

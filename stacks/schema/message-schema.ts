import * as v from "valibot";
import { camelCased } from "../camel-case";
import { isGroup } from "../group";
import { rule } from "../setting-message";
import { requestTemplate } from "./mapping-template";
import { headerName, queryParameterName } from "./request-names";
import { flag, list, map, text } from "./rules";

const contentType = text({
  pattern: "^[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+$",
  allowed: "a content type in lower case, without parameters",
  example: "application/json",
});

const authorizerKey = text({
  pattern: "^[A-Za-z][A-Za-z0-9_]{0,255}$",
  allowed: "principalId or a key of the authorizer's context: letters, digits, underscores",
  example: "principalId",
});

const jsonPath = text({
  pattern: "^[$]([.][A-Za-z_][A-Za-z0-9_]*|\\[[0-9]+\\])+$",
  allowed: "a path from $ over names and indices",
  example: "$.tenant.id",
});

const constant = text({
  pattern: "^[\\x21-\\x7e]{1,128}$",
  allowed: "1 to 128 letters, digits and punctuation",
  example: "all",
});

const SOURCES = [
  v.strictObject({ header: headerName }),
  v.strictObject({ query: queryParameterName }),
  v.pipe(v.strictObject({ json_path: jsonPath }), v.transform(camelCased)),
  v.strictObject({ authorizer: authorizerKey }),
  v.strictObject({ constant }),
] as const;

const noSource = v.never(
  rule(
    "is not a source of a value",
    'one of { "header": … }, { "query": … }, { "json_path": … }, { "authorizer": … } and { "constant": … }',
    'Write for example { "header": "X-Tenant" }.',
  ),
);

/** Where a value comes from, in a request. Chosen by its key, since the message of a union hides those of its options. */
const valueSource = v.lazy((input) => {
  const [key = "", ...others] = isGroup(input) ? Object.keys(input) : [];
  const found = others.length > 0 ? undefined : SOURCES.find(({ entries }) => Object.hasOwn(entries, key));
  return found ?? noSource;
});

/** Settings of what reaches the queue. */
export const MESSAGE_ENTRIES = {
  content_types: v.optional(
    v.pipe(
      list(contentType, '["application/json"]'),
      v.minLength(
        1,
        rule("is empty", "at least one content type", 'Write for example ["application/json"].'),
      ),
    ),
  ),
  binary_content_types: v.optional(list(contentType, '["application/x-protobuf"]')),
  forward_headers: v.optional(list(headerName, '["X-GitHub-Event"]')),
  forward_query_parameters: v.optional(list(queryParameterName, '["tenant"]')),
  forward_request_metadata: v.optional(
    list(
      v.picklist(
        ["requestId", "requestTime", "sourceIp", "contentType", "path"],
        rule(
          "is not known of a request",
          "requestId, requestTime, sourceIp, contentType, path",
          "Write some of these.",
        ),
      ),
      '["requestId", "sourceIp"]',
    ),
  ),
  message_group_id: v.optional(valueSource),
  message_deduplication_id: v.optional(valueSource),
  batch: v.optional(flag("offer POST /sqs/batch")),
  request_templates: v.optional(
    map(requestTemplate, '{ "application/json": { "file": "templates/order.vtl" } }'),
  ),
};

/** Settings of what reaches the queue that need an authorizer. */
export const AUTHORIZED_MESSAGE_ENTRIES = {
  forward_authorizer_keys: v.optional(list(authorizerKey, '["principalId"]')),
};

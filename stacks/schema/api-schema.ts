import * as v from "valibot";
import { camelCased } from "../camel-case";
import { rule } from "../setting-message";
import { JavaRegex } from "../../aws/java-pattern/java-regex";
import { isGroup } from "../group";
import { responseTemplate } from "./mapping-template";
import { headerName, queryParameterName } from "./request-names";
import { requestSchema } from "./request-schema";
import { group, list, map, object, text, wholeNumber } from "./rules";

const origin = text({
  pattern: "^([*]|https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?)$",
  allowed: 'an origin, or "*"',
  example: "https://app.example.com",
});

const cors = v.pipe(
  object(
    {
      allow_origins: v.pipe(
        list(origin, '["https://app.example.com"]'),
        v.minLength(1, rule("is empty", "at least one origin", 'Write for example ["*"].')),
        v.check(
          (origins) => origins.length === 1 || !origins.includes("*"),
          rule("mixes * with origins", '["*"] alone, or origins', "Drop one or the other."),
        ),
      ),
      allow_headers: v.optional(list(headerName, '["Content-Type", "Authorization"]')),
      allow_methods: v.optional(
        list(
          v.picklist(["POST", "OPTIONS"], rule("is not a method of this API", "POST, OPTIONS", "Drop it.")),
          '["POST"]',
        ),
      ),
      max_age_seconds: v.optional(wholeNumber(0, 86_400, "seconds")),
    },
    '{ "allow_origins": ["https://app.example.com"] }',
  ),
  v.transform(camelCased),
);

const ownResponse = object(
  { status: wholeNumber(200, 299), template: responseTemplate },
  '{ "status": 201, "template": "{}" }',
);

const namedResponse = v.picklist(
  ["sqs", "compact"],
  rule(
    "is not an answer",
    '"sqs", "compact", or { "status": 200 to 299, "template": a mapping template }',
    'Write for example "compact".',
  ),
);

const response = v.lazy((input) => (isGroup(input) ? ownResponse : namedResponse));

/** Settings of the REST API. */
export const API_ENTRIES = {
  stage_name: v.optional(
    text({
      pattern: "^[A-Za-z0-9_]{1,128}$",
      allowed: "1 to 128 letters, digits and underscores",
      example: "prod",
    }),
  ),
  integration_timeout_milliseconds: v.optional(wholeNumber(50, 29_000, "milliseconds")),
  response: v.optional(response),
  request_schema: v.optional(map(requestSchema, '{ "application/json": { "type": "object" } }')),
  required_headers: v.optional(list(headerName, '["X-Tenant"]')),
  required_query_parameters: v.optional(list(queryParameterName, '["tenant"]')),
  cors: v.optional(cors),
};

/** Settings of the authorizer, besides its function. */
export const AUTHORIZER_ENTRIES = {
  authorizer_result_ttl_seconds: v.optional(wholeNumber(0, 3600, "seconds")),
  authorizer_token_pattern: v.optional(
    v.pipe(
      v.string(
        rule("is not a text", "a regular expression", 'Write for example "^Bearer [-._~+/A-Za-z0-9]+=*$".'),
      ),
      v.nonEmpty(rule("is empty", "a regular expression", "Leave the setting out to pass every token on.")),
      v.check(
        isRegularExpression,
        rule("is no regular expression of Java", "a pattern of java.util.regex", "Mend it."),
      ),
    ),
  ),
};

const TAGS_EXAMPLE = '"tags": { "team": "orders" }';
const TAGS_MEND = `Write for example ${TAGS_EXAMPLE}.`;

/**
 * IAM tells keys apart without regard to case, so the stack's own are refused in any.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
export const TAGS_ENTRY = {
  tags: v.optional(
    v.pipe(
      group("tags with text values", TAGS_EXAMPLE),
      v.record(
        v.pipe(
          v.string(),
          v.regex(
            /^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu,
            rule(
              "is not a tag's key",
              "1 to 128 letters, digits, spaces and _.:/=+-@, not aws: before them",
              TAGS_MEND,
            ),
          ),
          v.check(
            (key) => key.toLowerCase() !== "environment",
            rule("is the environment's own tag", "other keys", 'Write "environment": … instead.'),
          ),
          v.check(
            (key) => key.toLowerCase() !== "queue-leveling:stack",
            rule("is the stack's own tag", "other keys", "Leave it out."),
          ),
        ),
        v.pipe(
          v.string(rule("is not a text", "tags with text values", TAGS_MEND)),
          v.regex(
            /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u,
            rule("is not a tag's value", "up to 256 letters, digits, spaces and _.:/=+-@", TAGS_MEND),
          ),
        ),
      ),
    ),
  ),
};

function isRegularExpression(text: string): boolean {
  try {
    JavaRegex.compile(text);
    return true;
  } catch {
    return false;
  }
}

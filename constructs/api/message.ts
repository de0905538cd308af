import * as v from "valibot";
import type { MessageAttribute } from "../../mapping/message-attributes";
import { sendMessageTemplate } from "../../mapping/send-message-template";
import { type SourceKind, type UserSource, VALUE_SOURCES } from "../../mapping/value-source";
import { filledList, HEADER_NAME, list, map, oneKey, oneOf, text } from "../schema";
import { type Checked, type Only, part } from "../setting";
import { requestTemplate } from "./mapping-template";

const CONTENT_TYPE = text({
  pattern: "^[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+$",
  allowed: "a content type in lower case, without parameters",
  example: "application/json",
});

/** What API Gateway knows of a request, and the attribute that it becomes. */
const METADATA = {
  requestId: { name: "RequestId", source: { context: "requestId" } },
  requestTime: { name: "RequestTime", source: { context: "requestTime" } },
  sourceIp: { name: "SourceIp", source: { context: "identity.sourceIp" } },
  contentType: { name: "ContentType", source: { header: "Content-Type" } },
  path: { name: "Path", source: { context: "path" } },
} as const satisfies Record<string, MessageAttribute>;

const METADATA_NAMES = Object.keys(METADATA) as (keyof typeof METADATA)[];

/** Where a value comes from, in a request: any source that users may name. */
const VALUE_SOURCE = oneKey<UserSource>(
  Object.entries<SourceKind>(VALUE_SOURCES)
    .filter(([, { isInternal }]) => !isInternal)
    .map(([key, kind]) => v.strictObject({ [key]: text(kind) })),
  "source of a value",
  '{ "header": "X-Tenant" }',
);

/** Settings of what reaches the queue that need an authorizer. */
export const AUTHORIZED_MESSAGE_SETTINGS = {
  /**
   * `auth-stack` only: `principalId`, or keys of the context that the authorizer returns, or with a Cognito user pool claims such
   * as `claims.sub`, that become message attributes of their name. `AWS_IAM` gives none.
   */
  forwardAuthorizerKeys: v.optional(list(text(VALUE_SOURCES.authorizer), '["principalId"]'), []),
};

/** Settings that make message attributes, each of the name that it names. A message has those that have a value. */
const FORWARDING_SETTINGS = {
  /** Headers that become message attributes of their name: `["X-GitHub-Event", "X-Hub-Signature-256"]`. */
  forwardHeaders: v.optional(list(HEADER_NAME, '["X-GitHub-Event"]'), []),
  /** Query parameters that become message attributes of their name. */
  forwardQueryParameters: v.optional(list(text(VALUE_SOURCES.query), '["tenant"]'), []),
  ...AUTHORIZED_MESSAGE_SETTINGS,
  /**
   * What API Gateway knows of a request: `requestId` becomes an attribute `RequestId`, `requestTime` → `RequestTime`,
   * `sourceIp` → `SourceIp`, `contentType` → `ContentType`, `path` → `Path`.
   */
  forwardRequestMetadata: v.optional(
    list(
      oneOf(METADATA_NAMES, "is not known of a request", "Write some of these."),
      '["requestId", "sourceIp"]',
    ),
    [],
  ),
};

/** Settings of what reaches the queue. */
export const MESSAGE_SETTINGS = {
  /**
   * Accepted content types, in lower case and without parameters; `; charset=utf-8` and the like in a request make no
   * difference. Everything else is answered 415. A request without a content type counts as `application/json`.
   */
  contentTypes: v.optional(filledList(CONTENT_TYPE, "content type", '["application/json"]'), [
    "application/json",
  ]),
  /**
   * Bodies of these arrive in the queue as base64, with a message attribute `Content-Transfer-Encoding` = `base64`.
   * Without it: those of `contentTypes` that are not known to be text.
   */
  binaryContentTypes: v.optional(list(CONTENT_TYPE, '["application/x-protobuf"]')),
  ...FORWARDING_SETTINGS,
  /** Where the message group comes from. A FIFO queue needs it; on a standard one it makes fair queues. */
  messageGroupId: v.optional(VALUE_SOURCE),
  /** FIFO only: where the deduplication id comes from. Needed without `contentBasedDeduplication`. */
  messageDeduplicationId: v.optional(VALUE_SOURCE),
  /**
   * Mapping templates of your own by content type, as text or `{ "file": "templates/order.vtl" }`, in the place of those
   * made from the settings above.
   */
  requestTemplates: v.optional(
    map(requestTemplate, '{ "application/json": { "file": "templates/order.vtl" } }'),
  ),
};

type Forwarding = Checked<typeof FORWARDING_SETTINGS>;

/** What a name in each of these settings becomes. */
const ATTRIBUTES: { readonly [K in keyof Forwarding]: (name: Forwarding[K][number]) => MessageAttribute } = {
  forwardHeaders: (name) => ({ name, source: { header: name } }),
  forwardQueryParameters: (name) => ({ name, source: { query: name } }),
  forwardAuthorizerKeys: (name) => ({ name, source: { authorizer: name } }),
  forwardRequestMetadata: (name) => METADATA[name],
};

/** The settings that make message attributes. */
export const FORWARDING = Object.keys(ATTRIBUTES) as (keyof Forwarding)[];

/** The message attributes that the settings ask for. */
export function messageAttributes(settings: Partial<Forwarding>): MessageAttribute[] {
  return FORWARDING.flatMap((setting) =>
    (settings[setting] ?? []).map(ATTRIBUTES[setting] as (name: string) => MessageAttribute),
  );
}

const TEXT =
  /^text\/|[+](json|xml|yaml)$|^application\/(json|xml|x-www-form-urlencoded|graphql|javascript|yaml|x-ndjson|jwt|sql)$/;

type ContentTypes = Partial<Pick<Checked<typeof MESSAGE_SETTINGS>, "binaryContentTypes" | "contentTypes">>;

/**
 * The content types whose bodies travel as base64: by default those that are not known to be text, since API Gateway
 * would decode them as UTF-8 and change them.
 */
export function base64ContentTypes({
  binaryContentTypes,
  contentTypes = [],
}: ContentTypes): readonly string[] {
  return binaryContentTypes ?? contentTypes.filter((contentType) => !TEXT.test(contentType));
}

/** The mapping template of each accepted content type. */
export function requestTemplates(settings: Checked<typeof MESSAGE_SETTINGS>): Record<string, string> {
  const {
    contentTypes,
    binaryContentTypes,
    requestTemplates: own,
    ...message
  } = part(MESSAGE_SETTINGS, settings);
  const { messageGroupId, messageDeduplicationId, ...forwarding } = message;
  const base64 = base64ContentTypes({ contentTypes, binaryContentTypes });
  const attributes = messageAttributes(forwarding satisfies Only<keyof Forwarding, typeof forwarding>);
  const made = contentTypes.map((contentType) => [
    contentType,
    sendMessageTemplate({
      attributes,
      base64: base64.includes(contentType),
      messageGroupId,
      messageDeduplicationId,
    }),
  ]);
  return { ...(Object.fromEntries(made) as Record<string, string>), ...own };
}

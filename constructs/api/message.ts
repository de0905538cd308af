import * as v from "valibot";
import type { MessageAttribute } from "../../mapping/message-attributes";
import { sendMessageTemplate } from "../../mapping/send-message-template";
import { type SourceKind, type UserSource, VALUE_SOURCES } from "../../mapping/value-source";
import { filledList, flag, HEADER_NAME, list, map, oneKey, oneOf, text } from "../schema";
import { type Checked, type Only, type Options, part } from "../setting";
import { requestTemplate } from "./mapping-template";
import { messageDelay, MESSAGE_DELAY_SETTINGS } from "./message-delay";

/** The schema of a content type. */
export const CONTENT_TYPE = text({
  pattern: "^[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+$",
  allowed: "a content type in lower case, without parameters",
  example: "application/json",
});

/** What API Gateway knows of a request, and the attribute that it becomes. */
const METADATA = {
  requestId: { name: "RequestId", source: { context: "requestId" } },
  extendedRequestId: { name: "ExtendedRequestId", source: { context: "extendedRequestId" } },
  requestTime: { name: "RequestTime", source: { context: "requestTime" } },
  requestTimeEpoch: { name: "RequestTimeEpoch", source: { context: "requestTimeEpoch" } },
  requestUrl: { name: "RequestUrl", source: { requestUrl: "https" } },
  sourceIp: { name: "SourceIp", source: { context: "identity.sourceIp" } },
  contentType: { name: "ContentType", source: { header: "Content-Type" } },
  path: { name: "Path", source: { context: "path" } },
} as const satisfies Record<string, MessageAttribute>;

const METADATA_NAMES = Object.keys(METADATA) as (keyof typeof METADATA)[];

/** Where a value comes from, in a request: any source that users may name. */
export const VALUE_SOURCE = oneKey<UserSource>(
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
   * What API Gateway knows of a request: `requestId` becomes an attribute `RequestId`, `extendedRequestId` →
   * `ExtendedRequestId`, which no caller can choose, `requestTime` → `RequestTime`, `requestTimeEpoch` → `RequestTimeEpoch`, in
   * milliseconds, `requestUrl` → `RequestUrl`, with its query, `sourceIp` → `SourceIp`, `contentType` → `ContentType`, `path` → `Path`.
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
  /**
   * Every message has an attribute `RequestId`, the id that the answer, errors and the access log have too. It takes 51 bytes of
   * `maxMessageSize` and one of SQS's ten attributes: where the settings above ask for ten, it is left out, and synthesis says so.
   */
  requestIdAttribute: v.optional(flag("give every message the attribute RequestId"), true),
  /**
   * Every message has the request's X-Ray trace as SQS's system attribute `AWSTraceHeader`, which is none of the ten and costs
   * no bytes. A caller may send a trace of its own, sampled or not: consumers that X-Ray traces then pay for what it asks for.
   */
  traceHeaderAttribute: v.optional(flag("give every message its request's trace"), true),
  /** Where the message group comes from. A FIFO queue needs it; on a standard one it makes fair queues. */
  messageGroupId: v.optional(VALUE_SOURCE),
  /** FIFO only: where the deduplication id comes from. Needed without `contentBasedDeduplication`. */
  messageDeduplicationId: v.optional(VALUE_SOURCE),
  ...MESSAGE_DELAY_SETTINGS,
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

/** The message attributes that the settings ask for by name. */
export function messageAttributes(settings: Options<typeof FORWARDING_SETTINGS>): MessageAttribute[] {
  return FORWARDING.flatMap((setting) =>
    (settings[setting] ?? []).map(ATTRIBUTES[setting] as (name: string) => MessageAttribute),
  );
}

/** SQS refuses a message with more. */
const MOST_ATTRIBUTES = 10;

type Attributes = Options<
  Pick<typeof MESSAGE_SETTINGS, keyof Forwarding | keyof ContentTypes | "requestIdAttribute">
>;

/**
 * The message attributes that the settings ask for, and the request's id, where there is room for it and nothing else has its
 * name.
 *
 * The extended id, which a caller can't choose as it can the request's, is not among them unless it is asked for: access log and
 * answer have both ids, so a second of the ten would help only against callers that give several requests one id.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function sentAttributes(settings: Attributes): MessageAttribute[] {
  const asked = messageAttributes(settings);
  return isRequestIdAdded(settings) && requestIdObstacle(settings) === undefined
    ? [...asked, METADATA.requestId]
    : asked;
}

function isRequestIdAdded(settings: Attributes): boolean {
  return (settings.requestIdAttribute ?? true) && !settings.forwardRequestMetadata?.includes("requestId");
}

function requestIdObstacle(settings: Attributes): string | undefined {
  const asked = messageAttributes(settings);
  const { name } = METADATA.requestId;
  if (asked.some((attribute) => attribute.name === name)) return `another one is called ${name}`;
  const others = asked.length + (base64ContentTypes(settings).length > 0 ? 1 : 0);
  return others < MOST_ATTRIBUTES
    ? undefined
    : `the settings make ${others} others, and SQS takes ${MOST_ATTRIBUTES}`;
}

/** What is to be told at synthesis where messages can't have the request's id. */
export function requestIdNote(settings: Attributes): string | undefined {
  const obstacle = isRequestIdAdded(settings) ? requestIdObstacle(settings) : undefined;
  if (obstacle === undefined) return undefined;
  return `\`requestIdAttribute\`: messages have no attribute RequestId, since ${obstacle}. Forward less to have it, or write false.`;
}

const TEXT =
  /^text\/|[+](json|xml|yaml)$|^application\/(json|xml|x-www-form-urlencoded|graphql|javascript|yaml|x-ndjson|jwt|sql)$/;

type ContentTypes = Options<Pick<typeof MESSAGE_SETTINGS, "binaryContentTypes" | "contentTypes">>;

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

/** The content types whose bodies are text in the queue. */
export function textContentTypes(settings: ContentTypes): string[] {
  const { contentTypes = MESSAGE_SETTINGS.contentTypes.default } = settings;
  const binary = base64ContentTypes(settings);
  return contentTypes.filter((contentType) => !binary.includes(contentType));
}

/**
 * The mapping template of each accepted content type.
 * @param deduplicationPrefix goes before deduplication ids, with a colon
 */
export function requestTemplates(
  settings: Checked<typeof MESSAGE_SETTINGS>,
  deduplicationPrefix?: string,
): Record<string, string> {
  const {
    contentTypes,
    binaryContentTypes,
    requestTemplates: own,
    ...message
  } = part(MESSAGE_SETTINGS, settings);
  const { messageDelaySeconds, messageDelayOutOfRange, ...others } = message;
  const { messageGroupId, messageDeduplicationId, traceHeaderAttribute: traceHeader, ...asked } = others;
  const base64 = base64ContentTypes({ contentTypes, binaryContentTypes });
  const forwarding = asked satisfies Only<keyof Forwarding | "requestIdAttribute", typeof asked>;
  const attributes = sentAttributes({ ...forwarding, contentTypes, binaryContentTypes });
  const made = contentTypes.map((contentType) => [
    contentType,
    sendMessageTemplate({
      attributes,
      base64: base64.includes(contentType),
      messageGroupId,
      messageDeduplicationId,
      deduplicationPrefix,
      delay: messageDelay({ messageDelaySeconds, messageDelayOutOfRange }),
      traceHeader,
    }),
  ]);
  return { ...(Object.fromEntries(made) as Record<string, string>), ...own };
}

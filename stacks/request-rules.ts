import { neededHeaders } from "../constructs/cross-origin";
import { base64ContentTypes, messageAttributes } from "../constructs/message-options";
import { type CamelCased, camelCased } from "./camel-case";
import { isFifo, type Place, type Setting, type StackRule, type StackSettings } from "./stack-rule";

/** The settings that make message attributes. */
const FORWARDING = [
  "forward_headers",
  "forward_query_parameters",
  "forward_authorizer_keys",
  "forward_request_metadata",
] as const satisfies readonly Setting[];

/** What has to hold between the settings of requests and of the messages that they become. */
export const REQUEST_RULES: readonly StackRule[] = [
  {
    setting: "message_group_id",
    isBroken: (settings) =>
      isFifo(settings) && settings.message_group_id === undefined && !isOwnTemplate(settings),
    because: ["fifo", "existing_queue_arn"],
    wrong: "is missing",
    allowed: "a source of the message group, which a FIFO queue needs",
    mend: 'Write for example "message_group_id": { "header": "X-Tenant" }.',
  },
  {
    setting: "message_deduplication_id",
    isBroken: (settings) =>
      isFifo(settings) &&
      settings.existing_queue_arn === undefined &&
      settings.message_deduplication_id === undefined &&
      !settings.content_based_deduplication &&
      !isOwnTemplate(settings),
    because: ["fifo"],
    wrong: "is missing",
    allowed: "a source of the deduplication id, which a FIFO queue needs, or content_based_deduplication",
    mend: 'Write for example "message_deduplication_id": { "header": "Idempotency-Key" }.',
  },
  ...(["message_group_id", "message_deduplication_id"] as const).map((setting): StackRule => ({
    setting,
    isBroken: (settings, { stack }) => stack === "no-auth-stack" && "authorizer" in (settings[setting] ?? {}),
    wrong: "needs an authorizer",
    allowed: "another source in this stack",
    mend: `Override it: "no-auth-stack": { "${setting}": … }.`,
  })),
  ...(["message_group_id", "message_deduplication_id"] as const).map((setting): StackRule => ({
    setting,
    isBroken: (settings) =>
      "jsonPath" in (settings[setting] ?? {}) && textTypes(settings).length < contentTypes(settings).length,
    wrong: "is looked for in bodies that are no text",
    allowed: "a JSON path where every content type is text",
    mend: "Take it from a header, or drop the binary content types.",
  })),
  {
    setting: "binary_content_types",
    isBroken: (settings) => !isSubset(settings.binary_content_types, contentTypes(settings)),
    wrong: "names what is not accepted",
    allowed: "some of content_types",
    mend: "Add it to content_types, too.",
  },
  {
    setting: "request_templates",
    isBroken: (settings) => !isSubset(Object.keys(settings.request_templates ?? {}), contentTypes(settings)),
    wrong: "names what is not accepted",
    allowed: "some of content_types",
    mend: "Add the content type to content_types, too.",
  },
  {
    setting: "request_schema",
    isBroken: (settings) => !isSubset(Object.keys(settings.request_schema ?? {}), textTypes(settings)),
    wrong: "names what is not accepted, or not text",
    allowed: "some of content_types that are text",
    mend: "Add the content type to content_types, or drop its schema.",
  },
  {
    setting: "cors",
    key: "allow_headers",
    isBroken: (settings, place) => headersNotAllowed(settings, place).length > 0,
    wrong: "lacks headers that a request must have",
    allowed: (settings, place) => `a list with ${headersNotAllowed(settings, place).join(", ")} in it`,
    mend: "Add them, or leave the list out: by default it has what other settings need.",
  },
  {
    setting: FORWARDING,
    isBroken: (settings, _place, setting) =>
      settings[setting] !== undefined && attributeNames(settings).length > 10,
    wrong: "makes more than 10 message attributes, with the other forward_ settings",
    allowed: "10 in all, one of which binary content types need",
    mend: "Forward fewer.",
  },
  {
    setting: FORWARDING,
    isBroken: (settings, _place, setting) => {
      const all = attributeNames(settings);
      return namesFrom(settings, setting).some((name) => all.indexOf(name) < all.lastIndexOf(name));
    },
    wrong: "makes two message attributes of one name, with the other forward_ settings",
    allowed: "each name once",
    mend: "Forward only one of them.",
  },
  ...FORWARDING.map((forwarding): StackRule => ({
    setting: forwarding,
    isBroken: (settings) => namesFrom(settings, forwarding).some((name) => !isAttributeName(name)),
    wrong: "makes a message attribute whose name SQS refuses",
    allowed: "names that do not start with AWS. or Amazon. and have no period at an end or beside another",
    mend: "Do not forward it.",
  })),
];

/** Headers that a page may set unasked, or that the browser sets itself. @see https://fetch.spec.whatwg.org/#http-header-layer-division */
const UNASKED =
  /^(accept|accept-language|content-language|accept-encoding|connection|content-length|cookie|date|expect|host|origin|referer|te|user-agent|via|(proxy|sec)-.+)$/i;

function headersNotAllowed(settings: StackSettings, { stack }: Place): string[] {
  const { cors, ...options } = messageOptions(settings);
  if (cors?.allowHeaders === undefined) return [];
  const allowed = cors.allowHeaders.map((name) => name.toLowerCase());
  return neededHeaders({ ...options, authorizer: stack === "auth-stack" }).filter(
    (name) => !UNASKED.test(name) && !allowed.includes(name.toLowerCase()),
  );
}

/** Own templates for every content type say all that is to be said. */
function isOwnTemplate(settings: StackSettings): boolean {
  return contentTypes(settings).every((contentType) => contentType in (settings.request_templates ?? {}));
}

function contentTypes({ content_types: types = ["application/json"] }: StackSettings): readonly string[] {
  return types;
}

function textTypes(settings: StackSettings): string[] {
  const binary = base64ContentTypes(messageOptions(settings));
  return contentTypes(settings).filter((contentType) => !binary.includes(contentType));
}

function isSubset(some: readonly string[] = [], all: readonly string[]): boolean {
  return some.every((item) => all.includes(item));
}

function attributeNames(settings: StackSettings): string[] {
  const options = messageOptions(settings);
  const encoding = base64ContentTypes(options).length > 0 ? ["Content-Transfer-Encoding"] : [];
  return [...messageAttributes(options).map(({ name }) => name), ...encoding];
}

function namesFrom(settings: StackSettings, forwarding: Setting): string[] {
  return messageAttributes(camelCased({ [forwarding]: settings[forwarding] })).map(({ name }) => name);
}

function messageOptions(settings: StackSettings): CamelCased<StackSettings> {
  return camelCased(settings);
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
function isAttributeName(name: string): boolean {
  return !/^(aws|amazon)[.]|^[.]|[.]$|[.]{2}/i.test(name);
}

import { kindOf } from "../../mapping/value-source";
import type { AuthorizationFacts } from "../authorizer/authorization";
import type { TargetQueue } from "../queue/target-queue";
import type { Facts, Rule } from "../setting";
import { neededHeaders } from "./cors";
import { base64ContentTypes, FORWARDING, messageAttributes, textContentTypes } from "./message";
import { MESSAGE_DELAY_RULES } from "./message-delay";
import type { METHOD_SETTINGS } from "./methods";
import { SECRET_HEADER_RULES } from "./secret-header";
import { sendsApiKey } from "./usage-plan";

type Settings = typeof METHOD_SETTINGS;

/** What the rules have to know beside the API's settings. */
export interface AroundApi {
  /** What protects the methods; absent: everybody may send. */
  readonly protection: AuthorizationFacts | undefined;
  readonly isFifo: boolean;
  /** Does the queue tell repeated messages by their bodies? Absent: nobody here knows. */
  readonly deduplicatesByContent: boolean | undefined;
  /** How long the queue keeps a message. Absent: nobody here knows. */
  readonly messageRetention: number | undefined;
  /** Largest message that the queue takes. Absent: nobody here knows. */
  readonly maxMessageSize?: number | undefined;
}

/** What {@link aroundApi} reads. */
interface Given {
  readonly queue: TargetQueue;
  readonly authorizer?: AuthorizationFacts;
}

/** What is around the settings of a construct. */
export function aroundApi({ queue, authorizer }: Given): AroundApi {
  const {
    isFifo,
    contentBasedDeduplication: deduplicatesByContent,
    messageRetentionSeconds: messageRetention,
    maxMessageSize,
  } = queue;
  return { protection: authorizer, isFifo, deduplicatesByContent, messageRetention, maxMessageSize };
}

type ApiFacts = Facts<Settings, AroundApi>;
type ApiRule = Rule<Settings, AroundApi>;

/** Settings that name the source of a value. */
const SOURCES = ["messageGroupId", "messageDeduplicationId", "messageDelaySeconds", "queueBy"] as const;

/** What each kind of authorization leaves in `$context.authorizer`. */
const GIVEN_BY = {
  function: "principalId or a key of the context that the function returns",
  claims: "a claim of the token, such as claims.sub",
  nothing: "another source: IAM leaves nothing there",
};

const NOT_OF_THIS_KIND = {
  wrong: "is nothing that this kind of authorization gives",
  allowed: ({ protection }: ApiFacts) => GIVEN_BY[protection?.context ?? "nothing"],
  mend: "Give another one.",
};

/** Is it something that the authorization, if there is one, does not give? */
function isForeign(name: string, { protection }: ApiFacts): boolean {
  if (!protection) return false;
  const kind = name.startsWith("claims.") ? "claims" : "function";
  return protection.context !== kind;
}

/** What has to hold between the settings of requests and of the messages that they become. */
export const API_RULES: readonly ApiRule[] = [
  {
    setting: "messageGroupId",
    isBroken: (facts) => facts.isFifo && facts.messageGroupId === undefined && !isOwnTemplate(facts),
    because: ["fifo", "existingQueueArn"],
    wrong: "is missing",
    allowed: "a source of the message group, which a FIFO queue needs",
    mend: 'Write for example `messageGroupId`: { "header": "X-Tenant" }.',
  },
  {
    setting: "messageDeduplicationId",
    isBroken: (facts) =>
      facts.isFifo &&
      facts.deduplicatesByContent === false &&
      facts.messageDeduplicationId === undefined &&
      !isOwnTemplate(facts),
    because: ["fifo"],
    wrong: "is missing",
    allowed: "a source of the deduplication id, which a FIFO queue needs, or `contentBasedDeduplication`",
    mend: 'Write for example `messageDeduplicationId`: { "header": "Idempotency-Key" }.',
  },
  {
    setting: "messageDeduplicationId",
    isBroken: ({ messageDeduplicationId, isFifo }) => messageDeduplicationId !== undefined && !isFifo,
    wrong: "needs a FIFO queue",
    allowed: "this setting where the queue is one",
    mend: "Write `fifo`: true, give the ARN of a FIFO queue, or drop it.",
  },
  ...SOURCES.map((setting): ApiRule => ({
    setting,
    isBroken: (facts) => !facts.protection && kindFor(facts, setting)?.needsAuthorizer === true,
    wrong: "needs an authorizer",
    allowed: "another source where there is none",
    mend: "Give another one.",
  })),
  ...SOURCES.map((setting): ApiRule => ({
    setting,
    isBroken: (facts) =>
      kindFor(facts, setting)?.isSingle === true &&
      textContentTypes(facts).length < contentTypes(facts).length,
    wrong: "is looked for in bodies that are no text",
    allowed: "a JSON path where every content type is text",
    mend: "Take it from a header, or drop the binary content types.",
  })),
  {
    setting: "forwardAuthorizerKeys",
    isBroken: ({ forwardAuthorizerKeys = [], protection }) => forwardAuthorizerKeys.length > 0 && !protection,
    wrong: "needs an authorizer",
    allowed: "this setting where there is one",
    mend: "Drop it.",
  },
  ...SOURCES.map((setting): ApiRule => ({
    setting,
    isBroken: (facts) => {
      const source = facts[setting];
      return source !== undefined && "authorizer" in source && isForeign(source.authorizer, facts);
    },
    ...NOT_OF_THIS_KIND,
  })),
  {
    setting: "forwardAuthorizerKeys",
    isBroken: (facts) => (facts.forwardAuthorizerKeys ?? []).some((name) => isForeign(name, facts)),
    ...NOT_OF_THIS_KIND,
  },
  {
    setting: "binaryContentTypes",
    isBroken: (facts) => !isSubset(facts.binaryContentTypes, contentTypes(facts)),
    wrong: "names what is not accepted",
    allowed: "some of `contentTypes`",
    mend: "Add it to `contentTypes`, too.",
  },
  {
    setting: "requestTemplates",
    isBroken: (facts) => !isSubset(Object.keys(facts.requestTemplates ?? {}), contentTypes(facts)),
    wrong: "names what is not accepted",
    allowed: "some of `contentTypes`",
    mend: "Add the content type to `contentTypes`, too.",
  },
  {
    setting: "requestSchema",
    isBroken: (facts) => !isSubset(Object.keys(facts.requestSchema ?? {}), textContentTypes(facts)),
    wrong: "names what is not accepted, or not text",
    allowed: "some of `contentTypes` that are text",
    mend: "Add the content type to `contentTypes`, or drop its schema.",
  },
  {
    setting: "cors",
    key: "allowHeaders",
    isBroken: (facts) => headersNotAllowed(facts).length > 0,
    wrong: "lacks headers that a request must have",
    allowed: (facts) => `a list with ${headersNotAllowed(facts).join(", ")} in it`,
    mend: "Add them, or leave the list out: by default it has what other settings need.",
  },
  {
    setting: FORWARDING,
    isBroken: (facts, setting) => facts[setting] !== undefined && attributeNames(facts).length > 10,
    wrong: "makes more than 10 message attributes, with the other settings that forward",
    allowed: "10 in all, one of which binary content types need",
    mend: "Forward fewer.",
  },
  {
    setting: FORWARDING,
    isBroken: (facts, setting) => {
      // Consumers look for headers in any case.
      const all = attributeNames(facts).map(lowerCase);
      return namesFrom(facts, setting)
        .map(lowerCase)
        .some((name) => all.indexOf(name) < all.lastIndexOf(name));
    },
    wrong: "makes two message attributes of one name, with the other settings that forward",
    allowed: "each name once",
    mend: "Forward only one of them.",
  },
  ...FORWARDING.map((forwarding): ApiRule => ({
    setting: forwarding,
    isBroken: (facts) => namesFrom(facts, forwarding).some((name) => !isAttributeName(name)),
    wrong: "makes a message attribute whose name SQS refuses",
    allowed: "names that do not start with AWS. or Amazon. and have no period at an end or beside another",
    mend: "Do not forward it.",
  })),
  ...MESSAGE_DELAY_RULES,
  ...SECRET_HEADER_RULES,
  {
    setting: "secretHeader",
    isBroken: (facts) => facts.secretHeader?.toLowerCase() === "x-api-key" && sendsApiKey(facts),
    wrong: "is the header of the callers' API keys, whose values AWS makes",
    allowed: "another header where callers send an API key",
    mend: "Name another one.",
  },
];

function kindFor(facts: ApiFacts, setting: (typeof SOURCES)[number]) {
  const source = facts[setting];
  return source && kindOf(source).kind;
}

/** Headers that a page may set unasked, or that the browser sets itself. @see https://fetch.spec.whatwg.org/#http-header-layer-division */
const UNASKED =
  /^(accept|accept-language|content-language|accept-encoding|connection|content-length|cookie|date|expect|host|origin|referer|te|user-agent|via|(proxy|sec)-.+)$/i;

function headersNotAllowed(facts: ApiFacts): string[] {
  const { allowHeaders } = facts.cors ?? {};
  if (allowHeaders === undefined) return [];
  const allowed = allowHeaders.map((name) => name.toLowerCase());
  return neededHeaders(facts, facts.protection?.headers ?? []).filter(
    (name) => !UNASKED.test(name) && !allowed.includes(name.toLowerCase()),
  );
}

/** Own templates for every content type say all that is to be said. */
function isOwnTemplate(facts: ApiFacts): boolean {
  return contentTypes(facts).every((contentType) => contentType in (facts.requestTemplates ?? {}));
}

function contentTypes({ contentTypes: types = ["application/json"] }: ApiFacts): readonly string[] {
  return types;
}

function isSubset(some: readonly string[] = [], all: readonly string[]): boolean {
  return some.every((item) => all.includes(item));
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}

function attributeNames(facts: ApiFacts): string[] {
  const encoding = base64ContentTypes(facts).length > 0 ? ["Content-Transfer-Encoding"] : [];
  return [...messageAttributes(facts).map(({ name }) => name), ...encoding];
}

function namesFrom(facts: ApiFacts, forwarding: keyof Settings): string[] {
  return messageAttributes({ [forwarding]: facts[forwarding] }).map(({ name }) => name);
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
function isAttributeName(name: string): boolean {
  return !/^(aws|amazon)[.]|^[.]|[.]$|[.]{2}/i.test(name);
}

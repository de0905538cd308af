import { attributeParameters } from "./message-attributes";
import { delayParameter, LONGEST_DELAY_SECONDS, type OutOfRange } from "./message-delay";
import type { SendMessageOptions } from "./send-message-template";
import { traceDirectives, traceParameters } from "./trace-header";
import { headerDirectives, kindOf, type ValueSource, valueDirectives } from "./value-source";

const ENTRY = "SendMessageBatchRequestEntry.${foreach.count}.";

/**
 * Mapping template that turns a JSON array of messages into SQS's `SendMessageBatch`, in the Query protocol. An entry is
 * the message's body, or an object with `body` and perhaps `messageGroupId`, `messageDeduplicationId` and, where messages
 * have delays of their own, `delaySeconds`: see `batchSchema`, which the request has passed before. Its id is its index, by which the answer is told.
 *
 * An entry's own message group id and delay come first, then the configured sources. A configured deduplication id is left out:
 * it would make one message of all entries. JSON paths are left out, too: they mean the body of a single message.
 * @throws Error for a source with a name that a mapping template can't hold
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function sendMessageBatchTemplate(options: Omit<SendMessageOptions, "base64"> = {}): string {
  const { traceHeader = false, delay } = options;
  const attributes = (options.attributes ?? []).filter(({ source }) => appliesToBatch(source));
  const groupId = given(options.messageGroupId);
  const delaySource = given(delay?.source);
  return [
    "Action=SendMessageBatch",
    headerDirectives([...attributes.map(({ source }) => source), ...groupId, ...delaySource]),
    defaultDirectives("$defaultGroupId", groupId),
    delay ? defaultDirectives("$defaultDelay", delaySource) : "",
    traceHeader ? traceDirectives() : "",
    "#foreach($entry in $input.path('$'))",
    `&${ENTRY}Id=\${foreach.index}`,
    bodyParameter(),
    idParameter("MessageGroupId", "messageGroupId", "$defaultGroupId"),
    idParameter("MessageDeduplicationId", "messageDeduplicationId", "''"),
    delay ? valueOf("delaySeconds", "$defaultDelay") + delayParameter(delay.outOfRange, `&${ENTRY}`) : "",
    attributeParameters(attributes, ENTRY),
    traceHeader ? traceParameters(ENTRY) : "",
    "#end",
  ].join("");
}

function given(source: ValueSource | undefined): ValueSource[] {
  return source !== undefined && appliesToBatch(source) ? [source] : [];
}

function defaultDirectives(variable: string, sources: readonly ValueSource[]): string {
  const values = sources.map((source) => `${valueDirectives(source)}#set(${variable} = $value)`);
  return [`#set(${variable} = '')`, ...values].join("");
}

function appliesToBatch(source: ValueSource): boolean {
  return !kindOf(source).kind.isSingle;
}

/** A string has no `keySet()`: the reference is empty then. */
function bodyParameter(): string {
  return [
    `#set($keys = "$!entry.keySet()")`,
    `#if($keys == '')#set($text = "$!entry")#else#set($text = "$!entry.body")#end`,
    `&${ENTRY}MessageBody=$util.urlEncode($text)`,
  ].join("");
}

function idParameter(name: string, member: string, otherwise: string): string {
  return `${valueOf(member, otherwise)}#if($value != '')&${ENTRY}${name}=$value#end`;
}

function valueOf(member: string, otherwise: string): string {
  return [
    `#set($text = "$!entry.${member}")`,
    `#if($text == '')#set($value = ${otherwise})#else#set($value = $util.urlEncode($text))#end`,
  ].join("");
}

/**
 * What would not arrive. Half of a surrogate pair, which JSON can write and UTF-8 cannot, would turn into a question mark.
 * U+007F gets lost where the reader of `$input.path` is json-smart, as is likely, and the text has an escape.
 * Means the same to regular expressions that read UTF-16 and to those that read characters.
 */
const CHANGED = "\\u007f|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(^|[^\\ud800-\\udbff])[\\udc00-\\udfff]";

/**
 * JSON Schema, draft 4, of what `sendMessageBatchTemplate` takes: 1 to 10 messages, each with a body that is not empty.
 * @param delays what becomes of an entry's own delay that is out of range; without it an entry has none
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function batchSchema(delays?: OutOfRange): Record<string, unknown> {
  const body = { type: "string", minLength: 1, not: { pattern: CHANGED } };
  const id = { type: "string", minLength: 1, maxLength: 128, pattern: "^[!-~]+$" };
  const delaySeconds = {
    type: "integer",
    ...(delays === "refuse" && { minimum: 0, maximum: LONGEST_DELAY_SECONDS }),
  };
  return {
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "array",
    minItems: 1,
    maxItems: 10,
    items: {
      oneOf: [
        body,
        {
          type: "object",
          properties: {
            body,
            messageGroupId: id,
            messageDeduplicationId: id,
            ...(delays === undefined ? {} : { delaySeconds }),
          },
          required: ["body"],
          additionalProperties: false,
        },
      ],
    },
  };
}

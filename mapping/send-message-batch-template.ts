import { attributeParameters } from "./message-attributes";
import type { SendMessageOptions } from "./send-message-template";
import { traceDirectives, traceParameters } from "./trace-header";
import { headerDirectives, kindOf, type ValueSource, valueDirectives } from "./value-source";

const ENTRY = "SendMessageBatchRequestEntry.${foreach.count}.";

/**
 * Mapping template that turns a JSON array of messages into SQS's `SendMessageBatch`, in the Query protocol. An entry is
 * the message's body, or an object with `body` and perhaps `messageGroupId` and `messageDeduplicationId`: see
 * `batchSchema`, which the request has passed before. Its id is its index, by which the answer is told.
 *
 * An entry's own message group id comes first, then the configured source. A configured deduplication id is left out:
 * it would make one message of all entries. JSON paths are left out, too: they mean the body of a single message.
 * @throws Error for a source with a name that a mapping template can't hold
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function sendMessageBatchTemplate(options: Omit<SendMessageOptions, "base64"> = {}): string {
  const { traceHeader = false } = options;
  const attributes = (options.attributes ?? []).filter(({ source }) => appliesToBatch(source));
  const groupId = [options.messageGroupId].filter((source) => source !== undefined).filter(appliesToBatch);
  return [
    "Action=SendMessageBatch",
    headerDirectives([...attributes.map(({ source }) => source), ...groupId]),
    "#set($defaultGroupId = '')",
    ...groupId.map((source) => `${valueDirectives(source)}#set($defaultGroupId = $value)`),
    traceHeader ? traceDirectives() : "",
    "#foreach($entry in $input.path('$'))",
    `&${ENTRY}Id=\${foreach.index}`,
    bodyParameter(),
    idParameter("MessageGroupId", "messageGroupId", "$defaultGroupId"),
    idParameter("MessageDeduplicationId", "messageDeduplicationId", "''"),
    attributeParameters(attributes, ENTRY),
    traceHeader ? traceParameters(ENTRY) : "",
    "#end",
  ].join("");
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
  return [
    `#set($text = "$!entry.${member}")`,
    `#if($text == '')#set($value = ${otherwise})#else#set($value = $util.urlEncode($text))#end`,
    `#if($value != '')&${ENTRY}${name}=$value#end`,
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
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function batchSchema(): Record<string, unknown> {
  const body = { type: "string", minLength: 1, not: { pattern: CHANGED } };
  const id = { type: "string", minLength: 1, maxLength: 128, pattern: "^[!-~]+$" };
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
          properties: { body, messageGroupId: id, messageDeduplicationId: id },
          required: ["body"],
          additionalProperties: false,
        },
      ],
    },
  };
}

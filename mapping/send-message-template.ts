import { attributeParameters } from "./message-attributes";
import type { MessageAttribute } from "./message-attributes";
import { delayParameter, type MessageDelay } from "./message-delay";
import { traceDirectives, traceParameters } from "./trace-header";
import { headerDirectives, urlEncode, type ValueSource, valueDirectives } from "./value-source";

/** What a message carries besides its body. */
export interface SendMessageOptions {
  readonly attributes?: readonly MessageAttribute[];
  /** Without a value, SQS gets no message group id. */
  readonly messageGroupId?: ValueSource;
  /** Without a value, SQS gets no deduplication id. */
  readonly messageDeduplicationId?: ValueSource;
  /** Letters, digits, hyphens and underscores that go before the deduplication id, with a colon. */
  readonly deduplicationPrefix?: string | undefined;
  /** Without a value, SQS gets no delay, and the queue's own counts. */
  readonly delay?: MessageDelay | undefined;
  /**
   * Does the body arrive as base64: a binary media type with `CONVERT_TO_TEXT`? The message then says so in an
   * attribute, `Content-Transfer-Encoding`.
   * @default false
   */
  readonly base64?: boolean;
  /**
   * Does the message carry the request's X-Ray trace, as `AWSTraceHeader`?
   * @default false
   */
  readonly traceHeader?: boolean;
}

const BASE64: MessageAttribute = { name: "Content-Transfer-Encoding", source: { constant: "base64" } };

/**
 * Mapping template that turns a request into SQS's `SendMessage`, in the Query protocol.
 *
 * The body is URL-encoded, so that no `&`, `+` or `%` in it can cut the message short or add a parameter of the
 * caller's, and it is `$input.body`, the raw text: `$input.json('$')` would re-serialise it and break signatures.
 * An empty body arrives as `{}`: API Gateway renders `$input.body` so. That is no base64: such a message has no
 * `MessageBody`, and SQS refuses it.
 * @throws Error for a source with a name that a mapping template can't hold
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function sendMessageTemplate(options: SendMessageOptions = {}): string {
  const { messageGroupId, messageDeduplicationId, base64 = false, traceHeader = false } = options;
  const attributes = [...(options.attributes ?? []), ...(base64 ? [BASE64] : [])];
  const { deduplicationPrefix, delay } = options;
  const prefix = deduplicationPrefix === undefined ? "" : urlEncode(`${deduplicationPrefix}:`);
  const values = [messageGroupId, messageDeduplicationId, delay?.source].filter(
    (source) => source !== undefined,
  );
  return [
    `Action=SendMessage${bodyParameter(base64)}`,
    headerDirectives([...attributes.map(({ source }) => source), ...values]),
    idParameter("MessageGroupId", messageGroupId),
    idParameter("MessageDeduplicationId", messageDeduplicationId, prefix),
    delay ? valueDirectives(delay.source) + delayParameter(delay.outOfRange) : "",
    attributeParameters(attributes),
    traceHeader ? traceDirectives() + traceParameters() : "",
  ].join("");
}

function bodyParameter(base64: boolean): string {
  const parameter = "&MessageBody=$util.urlEncode($input.body)";
  return base64 ? `#if($input.body != '{}')${parameter}#end` : parameter;
}

function idParameter(name: string, source: ValueSource | undefined, prefix = ""): string {
  return source ? `${valueDirectives(source)}#if($value != '')&${name}=${prefix}$value#end` : "";
}

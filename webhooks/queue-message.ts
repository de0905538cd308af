/** A message as the AWS SDK gives it: `Message` of `@aws-sdk/client-sqs`. */
export interface SdkMessage {
  readonly Body?: string | undefined;
  readonly MessageAttributes?:
    Readonly<Record<string, { readonly StringValue?: string | undefined }>> | undefined;
  readonly Attributes?: { readonly SentTimestamp?: string | undefined } | undefined;
}

/** A message as Lambda hands it over: one of an event's `Records`. */
export interface LambdaMessage {
  readonly body: string;
  readonly messageAttributes?:
    Readonly<Record<string, { readonly stringValue?: string | undefined }>> | undefined;
  readonly attributes?: { readonly SentTimestamp?: string | undefined } | undefined;
}

/** A message in either writing. */
export type QueueMessage = SdkMessage | LambdaMessage;

/** What a message tells of the request that it was. */
export interface ReceivedRequest {
  /** By name in small letters: the headers and query parameters that are forwarded, and what the API adds. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly bytes: Buffer;
  /** Milliseconds since 1970; undefined where the message was received without its times. */
  readonly receivedAt: number | undefined;
}

/** Reads a message. A body that the API wrote down as base64 is decoded; the time of receipt is the API's, else SQS's. */
export function receivedRequest(message: QueueMessage): ReceivedRequest {
  const { body, attributes, sentTimestamp } = "body" in message ? ofLambda(message) : ofSdk(message);
  const isBase64 = attributes.get("content-transfer-encoding") === "base64";
  const time = attributes.get("requesttimeepoch") ?? sentTimestamp ?? "";
  return {
    attributes,
    bytes: Buffer.from(body, isBase64 ? "base64" : "utf8"),
    receivedAt: /^\d+$/.test(time) ? Number(time) : undefined,
  };
}

function ofSdk({ Body = "", MessageAttributes = {}, Attributes }: SdkMessage) {
  const values = Object.entries(MessageAttributes).map(
    ([name, { StringValue }]) => [name, StringValue] as const,
  );
  return { body: Body, attributes: byName(values), sentTimestamp: Attributes?.SentTimestamp };
}

function ofLambda({ body, messageAttributes = {}, attributes }: LambdaMessage) {
  const values = Object.entries(messageAttributes).map(
    ([name, { stringValue }]) => [name, stringValue] as const,
  );
  return { body, attributes: byName(values), sentTimestamp: attributes?.SentTimestamp };
}

function byName(values: readonly (readonly [string, string | undefined])[]): ReadonlyMap<string, string> {
  return new Map(
    values.flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value] as const])),
  );
}

import type { LambdaMessage, SdkMessage } from "../../webhooks/queue-message";
import type { SentRequest } from "../../webhooks/signatures/scheme";

interface Receipt {
  /** Milliseconds since 1970. @default now */
  readonly receivedAt?: number;
  /** Beside the headers. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The message that a request is, as the AWS SDK gives it. */
export function sdkMessage({ headers, body }: SentRequest, receipt: Receipt = {}): SdkMessage {
  const { receivedAt = Date.now(), attributes } = receipt;
  const values = Object.entries({ ...headers, ...attributes });
  return {
    Body: body,
    MessageAttributes: Object.fromEntries(values.map(([name, StringValue]) => [name, { StringValue }])),
    Attributes: { SentTimestamp: String(receivedAt) },
  };
}

/** The same as Lambda hands it over. */
export function lambdaMessage(request: SentRequest, receipt: Receipt = {}): LambdaMessage {
  const { Body = "", MessageAttributes = {}, Attributes } = sdkMessage(request, receipt);
  const values = Object.entries(MessageAttributes);
  return {
    body: Body,
    messageAttributes: Object.fromEntries(
      values.map(([name, { StringValue: stringValue }]) => [name, { stringValue }]),
    ),
    attributes: Attributes,
  };
}

import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import { oneLine } from "../errors/printable";
import type { Received } from "./queue";

/** A message for people: its facts in one line, then its attributes and its body, cut where it is longer. */
export function messageText(message: Received, longestBody: number): string {
  const { id, sentAt, age, receiveCount, group, deduplicationId, trace, attributes, body } =
    messageFacts(message);
  const facts = [
    `sent ${sentAt ?? "at an unknown time"}${age === undefined ? "" : ` (${timeText(age)} ago)`}`,
    `received ${receiveCount} time${receiveCount === 1 ? "" : "s"}`,
    ...(group === undefined ? [] : [`group ${group}`]),
    ...(deduplicationId === undefined ? [] : [`deduplication id ${deduplicationId}`]),
    ...(trace === undefined ? [] : [`trace ${trace}`]),
  ];
  const lines = [
    `${id}  ${facts.join(", ")}`,
    ...Object.entries(attributes).map(([name, { type, value }]) => `  ${name} (${type}): ${value}`),
    `  ${bodyText(body, longestBody)}`,
  ];
  return lines.map(oneLine).join("\n");
}

/** The same for programs: bodies are whole, and binary attributes in base64. */
export function messageFacts({ MessageId, Body, MessageAttributes = {}, Attributes = {} }: Received) {
  const sent = Number(Attributes.SentTimestamp);
  return {
    id: MessageId,
    sentAt: Number.isNaN(sent) ? undefined : new Date(sent).toISOString(),
    /** Seconds since it was sent. */
    age: Number.isNaN(sent) ? undefined : Math.max(0, Math.round((Date.now() - sent) / 1000)),
    receiveCount: Number(Attributes.ApproximateReceiveCount ?? 0),
    group: Attributes.MessageGroupId,
    deduplicationId: Attributes.MessageDeduplicationId,
    trace: Attributes.AWSTraceHeader,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, value]) => [name, attributeFacts(value)]),
    ),
    body: Body,
  };
}

function attributeFacts({ DataType = "", StringValue = "", BinaryValue }: MessageAttributeValue) {
  return {
    type: DataType,
    value: BinaryValue === undefined ? StringValue : Buffer.from(BinaryValue).toString("base64"),
  };
}

function bodyText(body: string, longest: number): string {
  if (body.length <= longest) return body;
  // Half a character is none.
  const cut = body.slice(0, longest).replace(/[\ud800-\udbff]$/, "");
  return `${cut}… (${Buffer.byteLength(body)} bytes)`;
}

/** Seconds in the two largest units that they have. */
export function timeText(seconds: number): string {
  const units = [
    [86_400, "d"],
    [3600, "h"],
    [60, "m"],
    [1, "s"],
  ] as const;
  let left = seconds;
  const parts = units.map(([size, unit]) => {
    const whole = Math.floor(left / size);
    left -= whole * size;
    return [whole, unit] as const;
  });
  const first = parts.findIndex(([whole]) => whole > 0);
  if (first < 0) return "0 s";
  return parts
    .slice(first, first + 2)
    .filter(([whole]) => whole > 0)
    .map(([whole, unit]) => `${whole} ${unit}`)
    .join(" ");
}

import { urlEncode, type ValueSource, valueDirectives } from "./value-source";

/** A message attribute of type String, which a message has when its source has a value. */
export interface MessageAttribute {
  readonly name: string;
  readonly source: ValueSource;
}

/**
 * VTL that prints the parameters of message attributes, each one only when it has a value, since SQS refuses empty ones,
 * and numbered without gaps.
 * @param prefix what stands before `MessageAttribute`, VTL too
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function attributeParameters(attributes: readonly MessageAttribute[], prefix = ""): string {
  if (attributes.length === 0) return "";
  return `#set($n = 0)${attributes.map((attribute) => attributeParameter(attribute, prefix)).join("")}`;
}

function attributeParameter({ name, source }: MessageAttribute, prefix: string): string {
  const start = `&${prefix}MessageAttribute.\${n}`;
  return [
    `${valueDirectives(source)}#if($value != '')#set($n = $n + 1)`,
    `${start}.Name=${urlEncode(name)}${start}.Value.DataType=String${start}.Value.StringValue=$value#end`,
  ].join("");
}

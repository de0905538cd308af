import type { Received } from "./queue";

/** What of a queue is wanted: all that is named here has to hold. */
export interface MessageFilter {
  /** Message attributes with their values, as text. */
  readonly attributes: Readonly<Record<string, string>>;
  /** A piece of the body, as it stands there. */
  readonly containing?: string | undefined;
  readonly group?: string | undefined;
}

export function isEmpty({ attributes, containing, group }: MessageFilter): boolean {
  return Object.keys(attributes).length === 0 && containing === undefined && group === undefined;
}

/** Binary attributes are never wanted by their value. */
export function isWanted(
  { attributes, containing, group }: MessageFilter,
  { Body, MessageAttributes = {}, Attributes = {} }: Received,
): boolean {
  return (
    Object.entries(attributes).every(([name, value]) => MessageAttributes[name]?.StringValue === value) &&
    (containing === undefined || Body.includes(containing)) &&
    (group === undefined || Attributes.MessageGroupId === group)
  );
}

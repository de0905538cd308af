import type { PeekedMessage } from "../sqs/message";
import type { RunningGateway } from "./start-gateway";

/** Which message is meant. */
export interface QueuedOptions {
  /** Name of the queue; may be left out where the stacks' methods send to one queue only. */
  readonly queue?: string;
  /** Message attributes that it must have among others: value by name. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The matchers as `expect` has them, for the types of Jest or Vitest. */
export interface QueueMatchers<R = unknown> {
  /** Passes where the queue holds a message with exactly this body. */
  toHaveQueued(body: string, options?: QueuedOptions): R;
  /** Passes where the queue holds no message. */
  toHaveNothingQueued(queue?: string): R;
}

/** What a matcher tells Jest or Vitest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Matcher of Jest and Vitest: a queue of the gateway holds a message with exactly this body. It receives no message, so the
 * queue stays as it is.
 *
 *     expect.extend({ toHaveQueued });
 *     await expect(gateway).toHaveQueued('{"status": "ok"}');
 *
 * @throws UserError as `gateway.messages` does
 */
export async function toHaveQueued(
  gateway: Pick<RunningGateway, "messages">,
  body: string,
  { queue, attributes = {} }: QueuedOptions = {},
): Promise<MatcherResult> {
  const messages = await gateway.messages(queue);
  const pass = messages.some((message) => message.body === body && hasAttributes(message, attributes));
  const expected = `${pass ? "no" : "a"} message ${described(body, attributes)}`;
  return { pass, message: () => `Expected ${expected}${inQueue(messages)}` };
}

/**
 * Matcher of Jest and Vitest: a queue of the gateway holds no message, in flight and delayed ones among them.
 *
 * @throws UserError as `gateway.messages` does
 */
export async function toHaveNothingQueued(
  gateway: Pick<RunningGateway, "messages">,
  queue?: string,
): Promise<MatcherResult> {
  const messages = await gateway.messages(queue);
  const pass = messages.length === 0;
  return { pass, message: () => `Expected ${pass ? "a" : "no"} message${inQueue(messages)}` };
}

function hasAttributes(message: PeekedMessage, wanted: Readonly<Record<string, string>>): boolean {
  const values = attributeValues(message);
  return Object.entries(wanted).every(([name, value]) => values[name] === value);
}

function attributeValues({ attributes }: PeekedMessage): Record<string, unknown> {
  const values = Object.entries(attributes).map(([name, attribute]) => {
    const { StringValue, BinaryValue } = attribute as Readonly<Record<string, unknown>>;
    return [name, StringValue ?? BinaryValue];
  });
  return Object.fromEntries(values) as Record<string, unknown>;
}

function described(body: string, attributes: object): string {
  const others = Object.keys(attributes).length === 0 ? "" : ` with ${JSON.stringify(attributes)}`;
  return `${JSON.stringify(body)}${others}`;
}

function inQueue(messages: readonly PeekedMessage[]): string {
  if (messages.length === 0) return "; the queue is empty";
  const lines = messages.map((message) => `\n  ${described(message.body, attributeValues(message))}`);
  return `; the queue has ${messages.length}:${lines.join("")}`;
}

import { shown } from "../../errors/mistake";
import type { PeekedMessage } from "../sqs/message";
import { isObject } from "../terraform/expression/value";
import type { RunningGateway } from "./start-gateway";
import { UserError } from "./user-error";

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
  toHaveNothingQueued(options?: Pick<QueuedOptions, "queue">): R;
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
 * @throws UserError as `gateway.messages` does, and for arguments that can't be meant
 */
export async function toHaveQueued(
  gateway: Pick<RunningGateway, "messages">,
  body: string,
  options: QueuedOptions = {},
): Promise<MatcherResult> {
  requireMeant("toHaveQueued", gateway, options, ["queue", "attributes"]);
  requireBody(body);
  const { queue, attributes = {} } = options;
  const messages = await gateway.messages(queue);
  const pass = messages.some((message) => message.body === body && hasAttributes(message, attributes));
  const expected = `${pass ? "no" : "a"} message ${described(body, attributes)}`;
  return { pass, message: () => `Expected ${expected}${inQueue(messages)}` };
}

/**
 * Matcher of Jest and Vitest: a queue of the gateway holds no message, in flight and delayed ones among them.
 *
 * @throws UserError as `gateway.messages` does, and for arguments that can't be meant
 */
export async function toHaveNothingQueued(
  gateway: Pick<RunningGateway, "messages">,
  options: Pick<QueuedOptions, "queue"> = {},
): Promise<MatcherResult> {
  requireMeant("toHaveNothingQueued", gateway, options, ["queue"]);
  const { queue } = options;
  const messages = await gateway.messages(queue);
  const pass = messages.length === 0;
  return { pass, message: () => `Expected ${pass ? "a" : "no"} message${inQueue(messages)}` };
}

/** JavaScript has no types, and `.not` passes on whatever finds nothing. */
function requireMeant(where: string, gateway: unknown, options: unknown, known: readonly string[]): void {
  if (!isObject(gateway) || typeof gateway.messages !== "function") {
    throw new UserError({
      where,
      wrong: "is asked of no gateway",
      got: shown(gateway),
      allowed: "what startGateway resolves to is allowed",
      mend: `Write await expect(gateway).${where}(…), with gateway = await startGateway(…).`,
    });
  }
  requireOptions(where, options, known);
}

function requireOptions(where: string, options: unknown, known: readonly string[]): void {
  const allowed = `known here: ${known.join(", ")}`;
  const mend = 'Write { queue: "orders" }, or leave it out.';
  if (!isObject(options)) {
    throw new UserError({
      where,
      wrong: "has options that are no object",
      got: shown(options),
      allowed,
      mend,
    });
  }
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new UserError({ where, wrong: "has no such option", got: shown(unknown), allowed, mend });
  }
  const { queue = "", attributes = {} } = options;
  const isMeant = isObject(attributes) && [queue, ...Object.values(attributes)].every(isText);
  if (isMeant) return;
  throw new UserError({
    where,
    wrong: "has options that are no texts",
    got: shown(options),
    allowed: "a queue's name, and attributes as a text by name, are allowed",
    mend: 'Write { queue: "orders", attributes: { "X-Tenant": "acme" } }, or leave them out.',
  });
}

function requireBody(body: unknown): void {
  if (isText(body)) return;
  throw new UserError({
    where: "toHaveQueued",
    wrong: "has a body that is no text",
    got: shown(body),
    allowed: "the text that was posted is allowed, byte for byte",
    mend: "Write it as it was posted, such as JSON.stringify(…) makes it.",
  });
}

function isText(value: unknown): value is string {
  return typeof value === "string";
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
  const others = Object.keys(attributes).length === 0 ? "" : ` with ${shown(attributes)}`;
  return `${shown(body)}${others}`;
}

/** A queue can hold thousands. */
const MOST_SHOWN = 10;

function inQueue(messages: readonly PeekedMessage[]): string {
  if (messages.length === 0) return "; the queue is empty";
  const newest = messages.slice(-MOST_SHOWN);
  const lines = newest.map((message) => `\n  ${described(message.body, attributeValues(message))}`);
  const left = newest.length < messages.length ? `, the newest ${newest.length} of them` : "";
  return `; the queue has ${messages.length}${left}:${lines.join("")}`;
}

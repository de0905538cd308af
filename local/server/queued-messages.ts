import type { PeekedMessage } from "../sqs/message";
import type { ConnectedSqs } from "./connect-sqs";
import type { LoadedStacks } from "./load-stacks";
import { UserError } from "./user-error";

/**
 * What a queue of the stacks holds, the oldest message first, none of them received.
 * @param name may be left out where the stacks' methods send to one queue only
 * @throws UserError for a queue that the stacks don't have, and for an SQS that can't show messages without receiving them
 */
export async function queuedMessages(
  { peek, endpoint }: Pick<ConnectedSqs, "peek" | "endpoint">,
  stacks: Pick<LoadedStacks, "queues" | "sentTo">,
  name: string | undefined,
): Promise<readonly PeekedMessage[]> {
  if (peek === undefined) throw noPeeking(endpoint);
  const newestFirst = await peek(name === undefined ? onlyQueue(stacks) : knownQueue(stacks, name), {
    messages: Number.MAX_SAFE_INTEGER,
    body: Number.MAX_SAFE_INTEGER,
  });
  return newestFirst.reverse();
}

function onlyQueue({ sentTo }: Pick<LoadedStacks, "sentTo">): string {
  const [name, ...others] = sentTo;
  if (name !== undefined && others.length === 0) return name;
  throw noSuchQueue("is not named", "none", [...sentTo].sort());
}

function knownQueue({ queues }: Pick<LoadedStacks, "queues">, wanted: string): string {
  const names = queues.map(({ name }) => name).sort();
  if (names.includes(wanted)) return wanted;
  throw noSuchQueue("is not a queue of the stacks", JSON.stringify(wanted), names);
}

function noSuchQueue(wrong: string, got: string, names: readonly string[]): UserError {
  const allowed = names.length === 0 ? "the stacks have no queue" : `${names.join(", ")} can be named`;
  const mend = names[0] === undefined ? "Serve a stack with a queue." : `Write messages("${names[0]}").`;
  return new UserError({ where: "messages", wrong, got, allowed, mend });
}

function noPeeking(endpoint: string): UserError {
  return new UserError({
    where: "messages",
    wrong: "can't look into this SQS without receiving",
    got: endpoint,
    allowed: "the gateway's own emulator can be looked into",
    mend: "Leave sqsEndpoint out, or receive the messages with an SQS client.",
  });
}

import { randomUUID } from "node:crypto";
import { mistakeText } from "../errors/mistake";
import type { Tool, ToolResult } from "../errors/run-tool";
import type { Queue, QueueFacts } from "../queue/queue";
import { findMessage, type Found } from "./find-message";
import { type PostAnswer, postMessage } from "./post-message";

/** What is sent where. */
export interface SmokeTest extends Pick<Tool, "signal"> {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `{id}` in it, and in the headers, stands for an id that no other message has. */
  readonly body: string;
  readonly seconds: number;
  /** The result as JSON, for scripts. */
  readonly json?: boolean;
}

/** The API took the message, and the queue has it no more: a consumer may have it. */
const TAKEN = 3;

/** Posts one message and finds it in the queue, without taking others'. */
export async function smokeTest(
  queue: Queue,
  { url, headers, body, seconds, json = false, signal }: SmokeTest,
): Promise<ToolResult> {
  const facts = await queue.facts();
  refuseOnlyReceive(queue, facts);
  const id = randomUUID();
  const withId = (text: string) => text.replaceAll("{id}", id);
  const answer = await postMessage({
    url,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, withId(value)])),
    body: withId(body),
  });
  const start = performance.now();
  const found = await findMessage(queue, {
    isMine: ({ MessageId, Body }) =>
      answer.messageId === undefined ? Body.includes(id) : MessageId === answer.messageId,
    milliseconds: seconds * 1000,
    maxReceiveCount: facts.redrive?.maxReceiveCount,
    signal,
  });
  const milliseconds = Math.round(performance.now() - start);
  const outcome =
    found.message === undefined
      ? await notFound(queue, found, seconds)
      : { said: foundText(queue, milliseconds, found.message.MessageId, found), exitCode: 0 };
  const text = json
    ? asJson({ url, id, answer, queue, milliseconds, found, outcome })
    : `${postText(url, answer, id)}\n${outcome.said}`;
  return { text, exitCode: outcome.exitCode };
}

/** Where a message is lost to its consumer by one look, none is looked at. */
function refuseOnlyReceive({ name }: Queue, { visible, redrive }: QueueFacts): void {
  if (redrive?.maxReceiveCount !== 1 || visible === 0) return;
  throw new Error(
    mistakeText({
      where: name,
      wrong: "has others' messages, and moves a message to the dead-letter queue at its second receive",
      got: `${visible} messages, max_receive_count 1`,
      allowed: "an empty queue, or one with 2 or more",
      mend: "Try again when it is empty, or raise max_receive_count.",
    }),
  );
}

function postText(
  url: string,
  { status, milliseconds, requestId, messageId }: PostAnswer,
  id: string,
): string {
  const ids = [
    `id ${id}`,
    `request id ${requestId ?? "none"}`,
    `message id ${messageId ?? "not in the answer"}`,
  ];
  return `POST ${url} answered ${status} in ${milliseconds} ms: ${ids.join(", ")}.`;
}

function foundText({ name }: Queue, milliseconds: number, messageId: string, found: Found): string {
  return `Found in ${name} ${milliseconds} ms later, as ${messageId}, and deleted. ${othersText(found)}`;
}

/** How the search ended, in words. */
interface Outcome {
  readonly said: string;
  readonly exitCode: number;
}

interface WholeRun {
  readonly url: string;
  readonly id: string;
  readonly answer: PostAnswer;
  readonly queue: Queue;
  readonly milliseconds: number;
  readonly found: Found;
  readonly outcome: Outcome;
}

function asJson({ url, id, answer, queue, milliseconds, found, outcome }: WholeRun): string {
  const isFound = found.message !== undefined;
  return JSON.stringify(
    {
      url,
      id,
      status: answer.status,
      post_milliseconds: answer.milliseconds,
      request_id: answer.requestId ?? null,
      queue: queue.name,
      found: isFound,
      message_id: found.message?.MessageId ?? answer.messageId ?? null,
      find_milliseconds: isFound ? milliseconds : null,
      looks_at_others: found.others,
      said: outcome.said,
    },
    undefined,
    2,
  );
}

async function notFound(queue: Queue, found: Found, seconds: number): Promise<Outcome> {
  const { visible, inFlight, delayed } = await queue.facts();
  const counts = `The queue says that it has about ${visible} visible, ${inFlight} in flight, ${delayed} delayed.`;
  const tell = (why: string, exitCode: number) => ({
    said: `Not found in ${queue.name}: ${why} ${othersText(found)} ${counts}`,
    exitCode,
  });
  if (found.isSparing) {
    return tell("a further look could leave others' messages without a receive for their consumer.", 1);
  }
  if (delayed > 0) return tell(`after ${seconds} s it may still be delayed; give more by --seconds.`, 1);
  if (queue.isFifo && found.others > 0) {
    return tell(`after ${seconds} s; it may stand behind others' messages of its group.`, 1);
  }
  return found.sawAll
    ? tell(`after ${seconds} s; a consumer may have taken it.`, TAKEN)
    : tell(`after ${seconds} s, in which SQS gave others' messages only.`, 1);
}

function othersText({ others }: Found): string {
  return others === 0
    ? "No other message was looked at."
    : `${others} looks at others' messages, all put back; each counts as a receive.`;
}

import { type QueueReference, queueArn } from "../../aws/arn";
import type { Method, RestApi } from "../terraform/stack-model";
import type { Named } from "./document-keys";
import { isOfSqs } from "./other-endpoints";
import { type SqsCall, sqsCalls } from "./sqs-calls";

/** A method that sends to a queue, or receives from one. */
export interface QueueMethod extends Named {
  /** The API's name, where the document tells of several. */
  readonly apiName: string | undefined;
  readonly api: RestApi;
  readonly path: string;
  readonly method: Method;
}

/** Where methods send to, or receive from. */
export interface Channel {
  readonly region: string;
  /** Absent: each request names it, or a mapping template with a value of the request. */
  readonly queue?: QueueReference;
  readonly senders: readonly QueueMethod[];
  readonly receivers: readonly QueueMethod[];
}

/** The channels of methods, those of one queue together. */
export function channelsOf(methods: readonly QueueMethod[]): readonly Channel[] {
  const channels = new Map<string, Channel>();
  for (const user of methods) {
    for (const call of callsOf(user)) {
      const { region, queue } = call;
      const id = queue === undefined ? `${user.named(user.method.address)} ${region}` : queueArn(queue);
      const channel = channels.get(id) ?? { region, ...(queue && { queue }), senders: [], receivers: [] };
      const side = isSending(call) ? "senders" : "receivers";
      if (!channel[side].includes(user)) channels.set(id, { ...channel, [side]: [...channel[side], user] });
    }
  }
  return [...channels.values()];
}

function callsOf({ api, method: { integration } }: QueueMethod): readonly SqsCall[] {
  if (!isOfSqs(integration)) return [];
  return api.stages
    .flatMap((stage) => sqsCalls(integration, { api, stage }))
    .filter((call) => isSending(call) || call.action === "ReceiveMessage");
}

/** What can't be told may be. */
function isSending({ action }: SqsCall): boolean {
  return action === undefined || action === "SendMessage" || action === "SendMessageBatch";
}

import { dnsSuffixOf } from "../../aws/partition";
import type { Queue } from "../terraform/model/queue";
import type { RestApi } from "../terraform/stack-model";
import { type Channel, channelsOf, type QueueMethod } from "./channels";
import { type Named, uniqueKeys, withNaming } from "./document-keys";
import { modelComponents } from "./model-schema";
import { callOf, messageModels, messagesOf } from "./queue-messages";
import { queueBinding } from "./sqs-binding";

/** What stands before the queues, and what Terraform says of the queues. */
export interface DescribedQueues {
  readonly apis: readonly QueueApi[];
  readonly queues: readonly Queue[];
  /** Where SQS answers. @default AWS */
  readonly endpoint?: string | undefined;
}

interface QueueApi {
  /** The stack's name. */
  readonly name: string;
  readonly api: RestApi;
}

/**
 * The AsyncAPI 3 document of the queues to which APIs send, or from which they receive, from the APIs' side: consumers receive what
 * they send.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function asyncApiDocument({ apis, queues, endpoint }: DescribedQueues): object {
  const named = withNaming(apis);
  const keyOf = uniqueKeys(NO_KEY);
  const channels = channelsOf(named.flatMap((one) => methodsOf(one, apis.length > 1))).map((channel) =>
    keyed(channel, keyOf),
  );
  const regions = [...new Set(channels.map(({ region }) => region))];
  return {
    asyncapi: "3.0.0",
    info: {
      title: apis.map(({ name }) => name).join(", "),
      version: "1",
      description: "Read from the Terraform of the queues and of the API in front of them.",
    },
    servers: Object.fromEntries(regions.map((region) => [region, serverObject(region, endpoint)])),
    channels: Object.fromEntries(channels.map((channel) => [channel.key, channelObject(channel, queues)])),
    operations: Object.fromEntries(channels.flatMap(operationsOf)),
    components: {
      schemas: Object.fromEntries(channels.flatMap(({ senders }) => senders).flatMap(schemasOf)),
    },
  };
}

/** What AsyncAPI does not allow in a name, or a reference reads otherwise. */
const NO_KEY = /[^\w-]+/g;

function methodsOf({ name, api, named }: QueueApi & Named, isOneOfSeveral: boolean): readonly QueueMethod[] {
  const apiName = isOneOfSeveral ? name : undefined;
  return api.resources.flatMap(({ path, methods }) =>
    Object.values(methods).map((method) => ({ apiName, api, named, path, method })),
  );
}

interface KeyedChannel extends Channel {
  readonly key: string;
  readonly messages: readonly (readonly [key: string, message: object])[];
}

function keyed(channel: Channel, keyOf: (text: string) => string): KeyedChannel {
  const { queue, senders, receivers } = channel;
  const messageKey = uniqueKeys(NO_KEY);
  return {
    ...channel,
    key: keyOf(queue?.queueName ?? `queues_of_${[...senders, ...receivers].map(callOf).join("_")}`),
    messages: senders.flatMap(messagesOf).map(({ title, message }) => [messageKey(title), message] as const),
  };
}

function serverObject(region: string, endpoint: string | undefined): object {
  const host = endpoint === undefined ? `sqs.${region}.${dnsSuffixOf(region)}` : new URL(endpoint).host;
  return { host, protocol: "sqs" };
}

function channelObject({ region, queue, messages }: KeyedChannel, queues: readonly Queue[]): object {
  return {
    ...(queue === undefined
      ? { address: "{queueName}", parameters: { queueName: { description: NAMED_BY_REQUEST } } }
      : { address: queue.queueName, bindings: { sqs: queueBinding(queue, queues) } }),
    servers: [{ $ref: `#/servers/${region}` }],
    messages: Object.fromEntries(messages),
  };
}

const NAMED_BY_REQUEST =
  "The request names the queue, or a mapping template does with a value of the request.";

function operationsOf({ key, senders, receivers, messages }: KeyedChannel): (readonly [string, object])[] {
  const channel = { $ref: `#/channels/${key}` };
  const sent = messages.map(([name]) => ({ $ref: `${channel.$ref}/messages/${name}` }));
  const by = (methods: readonly QueueMethod[]) => `by ${methods.map(callOf).join(", ")}.`;
  const send = { action: "send", channel, description: `Sent ${by(senders)}`, messages: sent };
  const receive = { action: "receive", channel, description: `Received ${by(receivers)}` };
  return [
    ...(senders.length > 0 ? [[`send_${key}`, send] as const] : []),
    ...(receivers.length > 0 ? [[`receive_${key}`, receive] as const] : []),
  ];
}

function schemasOf(sender: QueueMethod) {
  const { api, named } = sender;
  return modelComponents(api, messageModels(sender), { draft: 7, named });
}

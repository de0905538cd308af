import { dnsSuffixOf } from "../../aws/partition";
import type { Queue } from "../terraform/model/queue";
import type { RestApi } from "../terraform/stack-model";
import { type Channel, channelsOf, type Sender, sends } from "./channels";
import { type Named, uniqueKeys, withNaming } from "./document-keys";
import { modelComponents } from "./model-schema";
import { callOf, messageModels, messagesOf } from "./queue-messages";
import { queueBinding } from "./sqs-binding";

/** What sends, and what Terraform says of the queues. */
export interface DescribedQueues {
  readonly apis: readonly SendingApi[];
  readonly queues: readonly Queue[];
  /** Where SQS answers. @default AWS */
  readonly endpoint?: string | undefined;
}

interface SendingApi {
  /** The stack's name. */
  readonly name: string;
  readonly api: RestApi;
}

/**
 * The AsyncAPI 3 document of the queues to which APIs send, from the APIs' side: consumers receive what they send.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function asyncApiDocument({ apis, queues, endpoint }: DescribedQueues): object {
  const named = withNaming(apis);
  const keyOf = uniqueKeys(NO_KEY);
  const senders = named.flatMap((one) => sendersOf(one, apis.length > 1));
  const channels = channelsOf(senders).map((channel) => keyed(channel, keyOf));
  const regions = [...new Set(channels.map(({ region }) => region))];
  return {
    asyncapi: "3.0.0",
    info: {
      title: apis.map(({ name }) => name).join(", "),
      version: "1",
      description: "Read from the Terraform of the queues and of the API that sends to them.",
    },
    servers: Object.fromEntries(regions.map((region) => [region, serverObject(region, endpoint)])),
    channels: Object.fromEntries(channels.map((channel) => [channel.key, channelObject(channel, queues)])),
    operations: Object.fromEntries(channels.map((channel) => [`send_${channel.key}`, operation(channel)])),
    components: {
      schemas: Object.fromEntries(senders.flatMap(schemasOf)),
    },
  };
}

/** What AsyncAPI does not allow in a name, or a reference reads otherwise. */
const NO_KEY = /[^\w-]+/g;

function sendersOf({ name, api, named }: SendingApi & Named, isOneOfSeveral: boolean): readonly Sender[] {
  const apiName = isOneOfSeveral ? name : undefined;
  return api.resources.flatMap(({ path, methods }) =>
    Object.values(methods)
      .filter(sends)
      .map((method) => ({ apiName, api, named, path, method })),
  );
}

interface KeyedChannel extends Channel {
  readonly key: string;
  readonly messages: readonly (readonly [key: string, message: object])[];
}

function keyed(channel: Channel, keyOf: (text: string) => string): KeyedChannel {
  const { queue, senders } = channel;
  const messageKey = uniqueKeys(NO_KEY);
  return {
    ...channel,
    key: keyOf(queue?.queueName ?? `queues_of_${senders.map(callOf).join("_")}`),
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

function operation({ key, senders, messages }: KeyedChannel): object {
  return {
    action: "send",
    channel: { $ref: `#/channels/${key}` },
    description: `Sent by ${senders.map(callOf).join(", ")}.`,
    messages: messages.map(([name]) => ({ $ref: `#/channels/${key}/messages/${name}` })),
  };
}

function schemasOf(sender: Sender) {
  const { api, named } = sender;
  return modelComponents(api, messageModels(sender), { draft: 7, named });
}

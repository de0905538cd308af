import { type QueueReference, queueArn } from "../../aws/arn";
import { dnsSuffixOf } from "../../aws/partition";
import { fixedQueue } from "../terraform/sqs-target";
import type { RestApi, StackModel } from "../terraform/stack-model";
import { actionsOf } from "./integration-answers";
import { modelSchema, usedModels } from "./model-schema";
import { type Sender, key, messagesOf } from "./queue-messages";
import { queueBinding } from "./sqs-binding";

/** Where an API's methods send to. */
interface Channel {
  readonly queue: QueueReference;
  readonly senders: readonly Sender[];
}

/**
 * The AsyncAPI 3 document of the queues to which the stacks' APIs send, from the APIs' side: consumers receive what they send.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 * Left out: queues that only a request or a mapping template names.
 */
export function asyncApiDocument(stacks: readonly StackModel[]): object {
  const channels = stacks.flatMap(channelsOf);
  const regions = [...new Set(channels.map(({ queue }) => queue.region))];
  const schemas = stacks.flatMap(({ restApis }) => restApis).flatMap(schemasOf);
  const queues = stacks.flatMap((stack) => stack.queues);
  return {
    asyncapi: "3.0.0",
    info: {
      title: stacks.map(({ name }) => name).join(", "),
      version: "1",
      description: "Read from the Terraform of the queues and of the API that sends to them.",
    },
    defaultContentType: "application/json",
    servers: Object.fromEntries(
      regions.map((region) => [region, { host: `sqs.${region}.${dnsSuffixOf(region)}`, protocol: "sqs" }]),
    ),
    channels: Object.fromEntries(
      channels.map(({ queue, senders }) => [
        key(queue.queueName),
        {
          address: queue.queueName,
          servers: [{ $ref: `#/servers/${queue.region}` }],
          messages: Object.fromEntries(senders.flatMap(messagesOf)),
          bindings: { sqs: queueBinding(queue.queueName, queues) },
        },
      ]),
    ),
    operations: Object.fromEntries(
      channels.map(({ queue, senders }) => [
        `send_${key(queue.queueName)}`,
        {
          action: "send",
          channel: { $ref: `#/channels/${key(queue.queueName)}` },
          summary: senders.map(({ path, method }) => `${method.httpMethod} ${path}`).join(", "),
          messages: senders.flatMap(messagesOf).map(([name]) => ({
            $ref: `#/channels/${key(queue.queueName)}/messages/${name}`,
          })),
        },
      ]),
    ),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

const SENDING: readonly (string | undefined)[] = ["SendMessage", "SendMessageBatch", undefined];

function channelsOf({ restApis }: StackModel): Channel[] {
  const channels = new Map<string, { queue: QueueReference; senders: Sender[] }>();
  for (const api of restApis) {
    for (const { path, methods } of api.resources) {
      for (const method of Object.values(methods)) {
        const { integration } = method;
        if (
          integration.type !== "AWS" ||
          !actionsOf(integration).some((action) => SENDING.includes(action))
        ) {
          continue;
        }
        for (const queue of api.stages.flatMap((stage) => fixedQueue(api, integration, stage) ?? [])) {
          const arn = queueArn(queue);
          const channel = channels.get(arn) ?? { queue, senders: [] };
          const isKnown = channel.senders.some((sender) => sender.method === method);
          if (!isKnown) channel.senders.push({ api, path, method });
          channels.set(arn, channel);
        }
      }
    }
  }
  return [...channels.values()];
}

function schemasOf(api: RestApi): (readonly [string, object])[] {
  return usedModels(api).map((model) => [model, modelSchema(api, model, { draft: 7 })] as const);
}

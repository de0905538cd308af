import { type QueueReference, parseQueueUrl, queueArn } from "../../aws/arn";
import { fixedQueue, sqsTarget } from "../terraform/sqs-target";
import type { Integration, Method, RestApi } from "../terraform/stack-model";
import type { Named } from "./document-keys";
import { actionsOf } from "./integration-answers";
import { isOfSqs } from "./other-endpoints";
import { templateOutcomes } from "./template-outcomes";

/** A method that sends to a queue. */
export interface Sender extends Named {
  /** The API's name, where the document tells of several. */
  readonly apiName: string | undefined;
  readonly api: RestApi;
  readonly path: string;
  readonly method: Method;
}

/** Where methods send to. */
export interface Channel {
  readonly region: string;
  /** Absent: each request names it, or a mapping template with a value of the request. */
  readonly queue?: QueueReference;
  readonly senders: readonly Sender[];
}

/** The channels of methods, those of one queue together. */
export function channelsOf(senders: readonly Sender[]): readonly Channel[] {
  const channels = new Map<string, Channel>();
  for (const sender of senders) {
    for (const { region, queue } of destinationsOf(sender)) {
      const id = queue === undefined ? `${sender.named(sender.method.address)} ${region}` : queueArn(queue);
      const others = channels.get(id)?.senders ?? [];
      if (others.includes(sender)) continue;
      channels.set(id, { region, ...(queue && { queue }), senders: [...others, sender] });
    }
  }
  return [...channels.values()];
}

const SENDING: readonly (string | undefined)[] = ["SendMessage", "SendMessageBatch", undefined];

/** Does the method send, as far as can be told? */
export function sends({ integration }: Method): boolean {
  return isOfSqs(integration) && actionsOf(integration).some((action) => SENDING.includes(action));
}

type Destination = Omit<Channel, "senders">;

function destinationsOf({ api, method: { integration } }: Sender): readonly Destination[] {
  const { region = api.region, queueName } = sqsTarget(integration.uri) ?? {};
  return api.stages.flatMap((stage): readonly Destination[] => {
    const queue = fixedQueue(api, integration, stage);
    if (queue !== undefined) return [{ region: queue.region, queue }];
    return queueName === undefined ? queuesByUrl(integration, region) : [{ region }];
  });
}

/** The queues that `QueueUrl` names, as a mapped parameter or in the mapping templates. */
function queuesByUrl({ requestParameters, requestTemplates }: Integration, region: string): Destination[] {
  const mapped = requestParameters["integration.request.querystring.QueueUrl"];
  const urls =
    mapped === undefined
      ? Object.values(requestTemplates)
          .flatMap(templateOutcomes)
          .map(({ text }) => QUEUE_URL.exec(text)?.[1])
      : [/^'(.*)'$/s.exec(mapped)?.[1]];
  return (urls.length === 0 ? [undefined] : urls).map((url = "") => {
    const queue = parseQueueUrl(decoded(url));
    return { region, ...(queue && { queue: { region, ...queue } }) };
  });
}

/** As SQS's Query protocol has it, or its JSON protocol. */
const QUEUE_URL = /\bQueueUrl["']?\s*[=:]\s*["']?([^&"'\s]*)/;

/** What a text of SQS's Query protocol stands for; the text itself where it stands for none. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import { Construct } from "constructs";
import { mistakeText } from "../../errors/mistake";
import type { MethodsProps } from "../api/methods";
import { addPostResource, POST_SETTINGS } from "../api/post";
import { type OwnQueues, ownQueueId } from "../queue/own-queue";
import type { TargetQueue } from "../queue/target-queue";
import { part } from "../setting";
import { entrySettings } from "./entry-settings";
import { senderOf } from "./sender-settings";
import { onlySender, type WebhookAtPath, webhookEntries } from "./webhook-settings";

/** Props of {@link addWebhooks}. */
export interface WebhooksProps extends MethodsProps {
  /** Queues of the senders that have one of their own, by path. */
  readonly ownQueues: OwnQueues;
}

/** A sender of webhooks, and where it has to send. */
export interface Webhook {
  /** Its name in the setting `webhook`. */
  readonly sender: string;
  /** Path of the resource, behind the stage. */
  readonly resourcePath: string;
  readonly queue: TargetQueue;
}

/** Adds a resource for each sender that has a path of its own. Returns all senders, with that of `POST /sqs`. */
export function addWebhooks(api: Construct, props: WebhooksProps): Webhook[] {
  const { settings, restApi, queue } = props;
  const only = onlySender(settings.webhook);
  const ofSqs = only ? [{ sender: only.sender, resourcePath: `${restApi.parentPath}/sqs`, queue }] : [];
  return [...ofSqs, ...webhookEntries(settings.webhook).map((entry) => addWebhook(api, entry, props))];
}

function addWebhook(
  api: Construct,
  entry: WebhookAtPath,
  { settings, ownQueues, ...props }: WebhooksProps,
): Webhook {
  const { restApi } = props;
  const scope = new Construct(api, ownQueueId(entry.path));
  const queue = entry.ownQueue ? ownQueues[entry.path] : props.queue;
  if (queue === undefined) throw new Error(missingQueue(scope, entry.path));
  addPostResource(scope, {
    ...props,
    queue,
    parent: restApi,
    pathPart: entry.path,
    restApi: {
      id: restApi.id,
      executionArn: restApi.executionArn,
      namePrefix: `${restApi.namePrefix ?? ""}${scope.node.id}`,
    },
    settings: entrySettings(entry, part(POST_SETTINGS, settings), {
      isFifo: queue.isFifo,
      secretHeader: settings.secretHeader,
    }),
    sentBy: { sender: senderOf(entry.sender), registering: entry.registering },
    ...(entry.ownQueue ? {} : { deduplicationPrefix: entry.path }),
  });
  return { sender: entry.sender, resourcePath: `${restApi.parentPath}/${entry.path}`, queue };
}

function missingQueue({ node }: Construct, path: string): string {
  return mistakeText({
    where: `${node.path}.ownQueues`,
    wrong: `has no queue for the path ${path}`,
    got: "none",
    allowed: "a queue for each sender with `ownQueue`",
    mend: "Give one, or drop `ownQueue`.",
  });
}

import { Construct } from "constructs";
import type { MethodsProps } from "../api/methods";
import { addPostResource, POST_SETTINGS } from "../api/post";
import { namedAfter } from "../api/target-api";
import { ownQueueId, ownQueueOf } from "../queue/own-queue";
import type { TargetQueue } from "../queue/target-queue";
import { part } from "../setting";
import { entrySettings } from "./entry-settings";
import { senderOf } from "./sender-settings";
import { onlySender, type WebhookAtPath, webhookEntries } from "./webhook-settings";

/** A sender of webhooks, and where it has to send. */
export interface Webhook {
  /** Its name in the setting `webhook`. */
  readonly sender: string;
  /** Path of the resource, behind the stage. */
  readonly resourcePath: string;
  readonly queue: TargetQueue;
}

/** Adds a resource for each sender that has a path of its own. Returns all senders, with that of `POST /sqs`. */
export function addWebhooks(api: Construct, props: MethodsProps): Webhook[] {
  const { settings, restApi, queue } = props;
  const only = onlySender(settings.webhook);
  const ofSqs = only ? [{ sender: only.sender, resourcePath: `${restApi.parentPath}/sqs`, queue }] : [];
  return [...ofSqs, ...webhookEntries(settings.webhook).map((entry) => addWebhook(api, entry, props))];
}

function addWebhook(
  api: Construct,
  entry: WebhookAtPath,
  { settings, ownQueues, ...props }: MethodsProps,
): Webhook {
  const { restApi } = props;
  const scope = new Construct(api, ownQueueId(entry.path));
  const queue = entry.ownQueue ? ownQueueOf(scope, ownQueues, entry.path) : props.queue;
  addPostResource(scope, {
    ...props,
    queue,
    parent: restApi,
    pathPart: entry.path,
    restApi: namedAfter(restApi, scope),
    settings: entrySettings(entry, part(POST_SETTINGS, settings), {
      isFifo: queue.isFifo,
      secretHeader: settings.secretHeader,
    }),
    sentBy: { sender: senderOf(entry.sender), registering: entry.registering },
    ...(entry.ownQueue ? {} : { deduplicationPrefix: entry.path }),
  });
  return { sender: entry.sender, resourcePath: `${restApi.parentPath}/${entry.path}`, queue };
}

import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { Construct } from "constructs";
import { mistakeText } from "../../errors/mistake";
import type { MethodsProps } from "../api/methods";
import { addPost, POST_SETTINGS } from "../api/post";
import type { TargetQueue } from "../queue/target-queue";
import { part } from "../setting";
import { entrySettings } from "./entry-settings";
import { addHandshakes } from "./handshake";
import { senderOf } from "./sender-settings";
import { onlySender, type WebhookAtPath, webhookEntries, webhookId } from "./webhook-settings";

/** Props of {@link addWebhooks}. */
export interface WebhooksProps extends MethodsProps {
  /** Queues of the senders that have one of their own, by path. */
  readonly webhookQueues: Readonly<Record<string, TargetQueue>>;
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
  { settings, webhookQueues, verifyTokens, ...props }: WebhooksProps,
): Webhook {
  const { restApi } = props;
  const sender = senderOf(entry.sender);
  const scope = new Construct(api, webhookId(entry.path));
  const queue = entry.ownQueue ? webhookQueues[entry.path] : props.queue;
  if (queue === undefined) throw new Error(missingQueue(scope, entry.path));
  const resource = new ApiGatewayResource(scope, "Resource", {
    restApiId: restApi.id,
    parentId: restApi.parentId,
    pathPart: entry.path,
    dependsOn: restApi.prerequisites && [...restApi.prerequisites],
  });
  addPost(scope, resource, {
    ...props,
    queue,
    restApi: {
      id: restApi.id,
      executionArn: restApi.executionArn,
      namePrefix: `${restApi.namePrefix ?? ""}${scope.node.id}`,
    },
    settings: entrySettings(entry, part(POST_SETTINGS, settings), {
      isFifo: queue.isFifo,
      secretHeader: settings.secretHeader,
    }),
    sentBy: { sender, registering: entry.registering },
    ...(entry.ownQueue ? {} : { deduplicationPrefix: entry.path }),
  });
  addHandshakes(scope, sender, { resource, verifyTokens });
  return { sender: entry.sender, resourcePath: `${restApi.parentPath}/${entry.path}`, queue };
}

function missingQueue({ node }: Construct, path: string): string {
  return mistakeText({
    where: `${node.path}.webhookQueues`,
    wrong: `has no queue for the path ${path}`,
    got: "none",
    allowed: "a queue for each sender with `ownQueue`",
    mend: "Give one, or drop `ownQueue`.",
  });
}

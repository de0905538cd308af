import { isOfSqs } from "../openapi/other-endpoints";
import { type SqsCall, sqsCalls } from "../openapi/sqs-calls";
import { fixedBucket, s3Target } from "../terraform/s3-target";
import type { Integration, RestApi, Stage } from "../terraform/stack-model";

/** What a method does with queues, or with a bucket. */
export interface Reach {
  /** In words, such as "sends to". */
  readonly does: string;
  /** Names of the queues, or of the bucket; one of them at a time. None where each request names it. */
  readonly names: readonly string[];
}

/** What an integration does, whatever a request holds; none for one of another service. */
export function reachesOf(api: RestApi, integration: Integration, stage: Stage): readonly Reach[] {
  if (!isOfSqs(integration)) return bucketReach(integration, stage);
  const calls = sqsCalls(integration, { api, stage });
  return [...new Set(calls.map(wordsFor))].map((does) => ({
    does,
    names: namesOf(calls.filter((call) => wordsFor(call) === does)),
  }));
}

function namesOf(calls: readonly SqsCall[]): readonly string[] {
  return [...new Set(calls.flatMap(({ queue }) => queue?.queueName ?? []))];
}

function wordsFor({ action }: SqsCall): string {
  if (action === undefined) return "asks SQS as the request says, of";
  return OF_ACTIONS[action] ?? `does ${action} on`;
}

/** What SQS's actions come to. */
const OF_ACTIONS: Readonly<Record<string, string>> = {
  SendMessage: "sends to",
  SendMessageBatch: "sends to",
  ReceiveMessage: "receives from",
  DeleteMessage: "deletes from",
  DeleteMessageBatch: "deletes from",
  ChangeMessageVisibility: "changes visibility in",
  ChangeMessageVisibilityBatch: "changes visibility in",
  PurgeQueue: "purges",
};

const OF_VERBS: Readonly<Record<string, string>> = {
  PUT: "puts into the bucket",
  GET: "reads from the bucket",
  HEAD: "reads from the bucket",
  DELETE: "deletes from the bucket",
};

function bucketReach(integration: Integration, stage: Stage): readonly Reach[] {
  if (integration.type !== "AWS" || s3Target(integration.uri) === undefined) return [];
  const does = OF_VERBS[integration.httpMethod] ?? "asks the bucket";
  return [{ does, names: [fixedBucket(integration, stage) ?? []].flat() }];
}

/** The queues to which something is sent. */
export function sentTo(reaches: readonly Reach[]): readonly string[] {
  return reaches.filter(({ does }) => does === "sends to").flatMap(({ names }) => names);
}

/** In a few words, such as "sends to orders-high or orders-low". */
export function reachText(reaches: readonly Reach[]): string {
  return reaches
    .map(({ does, names }) => `${does} ${names.join(" or ") || "what the request names"}`)
    .join(", ");
}

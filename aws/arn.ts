import { dnsSuffixOf, partitionOf } from "./partition";

/** Where on AWS a resource lives. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** The parts of an ARN; those that a service leaves out are empty. */
export interface Arn extends Place {
  readonly service: string;
  /** All behind the account, colons and slashes included. */
  readonly resource: string;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function formatArn({ partition, service, region, accountId, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** Undefined for a text that is no ARN. */
export function parseArn(text: string): Arn | undefined {
  const [, partition, service, region, accountId, resource] =
    /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text) ?? [];
  if (partition === undefined || service === undefined || resource === undefined) return undefined;
  return { partition, service, region: region ?? "", accountId: accountId ?? "", resource };
}

/** A REST API by its place and its id. */
interface ApiReference extends Place {
  readonly id: string;
}

/** What permissions name a REST API by; its stages, methods and authorizers follow behind a slash. */
export function executionArn({ id, partition, region, accountId }: ApiReference): string {
  return formatArn({ partition, service: "execute-api", region, accountId, resource: id });
}

/** A queue by its owner and its name. */
export interface QueueReference extends Pick<Place, "region" | "accountId"> {
  readonly queueName: string;
}

export function queueArn({ region, accountId, queueName }: QueueReference): string {
  const partition = partitionOf(region);
  return formatArn({ partition, service: "sqs", region, accountId, resource: queueName });
}

/** Account and name in a queue's URL, on AWS or at another endpoint; undefined for a text that is none. */
export function parseQueueUrl(url: string): Omit<QueueReference, "region"> | undefined {
  const [, accountId, queueName] = /^https?:\/\/[^/]+\/(?:.*\/)?(\w+)\/([\w.-]+)$/.exec(url) ?? [];
  return accountId === undefined || queueName === undefined ? undefined : { accountId, queueName };
}

/** The queue's URL on AWS. */
export function queueUrl({ region, accountId, queueName }: QueueReference): string {
  return `https://sqs.${region}.${dnsSuffixOf(region)}/${accountId}/${queueName}`;
}

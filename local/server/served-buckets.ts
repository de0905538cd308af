import { parseArn } from "../../aws/arn";
import { fixedBuckets, s3Target } from "../terraform/s3-target";
import type { StackModel } from "../terraform/stack-model";

/** Names of the stacks' buckets, and of those elsewhere that their integrations name; undefined where no integration calls S3. */
export function servedBuckets(models: readonly StackModel[]): readonly string[] | undefined {
  const apis = models.flatMap(({ restApis }) => restApis);
  const callsS3 = apis.some(({ resources }) =>
    resources.some(({ methods }) =>
      Object.values(methods).some(({ integration }) => s3Target(integration.uri) !== undefined),
    ),
  );
  if (!callsS3) return undefined;
  const own = models.flatMap(({ buckets }) => buckets.map(({ name }) => name));
  return [...new Set([...own, ...apis.flatMap(fixedBuckets)])];
}

/** A bucket of a stack. */
export interface ServedBucket {
  readonly stack: string;
  readonly name: string;
  readonly url: string;
  /** Names of the queues that it is to notify. */
  readonly queues: readonly string[];
}

/** Where the stacks' buckets are. @param endpoint undefined where no integration calls S3 */
export function bucketsAt(endpoint: string | undefined, models: readonly StackModel[]): ServedBucket[] {
  if (endpoint === undefined) return [];
  return models.flatMap(({ name: stack, buckets }) =>
    buckets.map(({ name, notifications }) => ({
      stack,
      name,
      url: `${endpoint.replace(/\/$/, "")}/${name}`,
      queues: [...new Set(notifications.map(({ queueArn }) => queueArn.replace(/^.*:/, "")))],
    })),
  );
}

/** The queues that the stacks' buckets notify. */
export function notifiedQueues({ buckets }: StackModel) {
  return buckets.flatMap(({ notifications }) =>
    notifications.flatMap(({ queueArn }) => {
      const { region = "", accountId = "", resource: queueName = "" } = parseArn(queueArn) ?? {};
      return queueName === "" ? [] : { region, accountId, queueName };
    }),
  );
}

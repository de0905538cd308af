import type { Callers } from "./callers";
import type { ConnectedSqs } from "./connect-sqs";
import { type ApiKeyToSend, type Endpoint, endpointsOf, stageUrl } from "./endpoints";
import { sentTo } from "./reach";
import type { LoadedStacks } from "./load-stacks";

/** One stack that is served. */
export interface ServedStack {
  readonly stack: string;
  /** The whole URL of its first method that sends to a queue. */
  readonly url: string;
  /** Where the messages of that method arrive. */
  readonly queueUrl: string;
  /** The API key that it wants as `x-api-key`, if it does. */
  readonly apiKey?: ApiKeyToSend;
  /** All its methods. */
  readonly urls: readonly Endpoint[];
}

/** Where callers find the stacks, and where their messages arrive. */
export function servedStacks(
  origin: string,
  { apis, queues }: LoadedStacks,
  sqs: ConnectedSqs,
  callers: Callers,
): ServedStack[] {
  return apis.map(({ name, prefix, api }) => {
    const urls = endpointsOf(api, stageUrl(api, origin, prefix), (method) => callers.tokenFor(method));
    const sending =
      urls.find(({ reaches = [] }) => sentTo(reaches).length > 0) ??
      urls.find(({ queueName }) => queueName !== undefined) ??
      urls[0];
    const queue = queues.find(({ name }) => name === sending?.queueName);
    return {
      stack: name,
      url: sending?.url ?? `${origin}/${prefix}`,
      queueUrl: queue === undefined ? "" : sqs.queueUrl(queue),
      ...(sending?.apiKey && { apiKey: sending.apiKey }),
      urls,
    };
  });
}

import { fixedQueue } from "../terraform/sqs-target";
import type { Method, Resource, RestApi, Stage } from "../terraform/stack-model";

/** One method of one stage, as a caller reaches it. */
export interface Endpoint {
  readonly method: string;
  readonly url: string;
  /** The queue that it sends to, where its integration names one. */
  readonly queueName?: string;
  /** The header that its TOKEN authorizer reads. */
  readonly tokenHeader?: string;
}

/** All endpoints of an API, a resource before those further down; `stageUrl` is where a stage answers. */
export function endpointsOf(api: RestApi, stageUrl: (stage: Stage) => string): Endpoint[] {
  const resources = [...api.resources].sort((a, b) => depth(a) - depth(b));
  return api.stages.flatMap((stage) =>
    resources.flatMap(({ path, methods }) =>
      Object.entries(methods).map(([verb, method]) => ({
        method: verb,
        url: `${stageUrl(stage)}${path === "/" ? "" : urlText(path)}`,
        ...queueOf(api, method, stage),
        ...tokenHeaderOf(method),
      })),
    ),
  );
}

/** Where a stage of the API below `origin/prefix` answers: if only its domain is open, below that. */
export function stageUrl(api: RestApi, origin: string, prefix: string): (stage: Stage) => string {
  return ({ name }) => {
    const domain = api.isEndpointDisabled ? api.domains?.find(({ stage }) => stage === name) : undefined;
    if (domain === undefined) return `${origin}/${prefix}/${urlText(name)}`;
    const { domainName, basePath } = domain;
    return `${origin}/${domainName}${basePath === "" ? "" : `/${urlText(basePath)}`}`;
  };
}

/** What can't stand in a URL, percent-encoded; `{id}` stays, for people to fill in. */
function urlText(text: string): string {
  return text.toWellFormed().replace(/[^\w\-.~!$&'()*+,;=:@/{}%]+/g, encodeURIComponent);
}

function depth({ path }: Resource): number {
  return path.split("/").length;
}

function queueOf(api: RestApi, { integration }: Method, stage: Stage): Pick<Endpoint, "queueName"> {
  const queue = fixedQueue(api, integration, stage);
  return queue === undefined ? {} : { queueName: queue.queueName };
}

function tokenHeaderOf({ authorizer }: Method): Pick<Endpoint, "tokenHeader"> {
  const source = authorizer?.type === "TOKEN" ? authorizer.identitySources[0] : undefined;
  const tokenHeader = source?.replace(/^method\.request\.header\./, "");
  return tokenHeader === undefined ? {} : { tokenHeader };
}

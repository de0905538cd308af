import { fixedQueue } from "../terraform/sqs-target";
import type { Method, Resource, RestApi, Stage } from "../terraform/stack-model";

/** One method of one stage, as a caller reaches it. */
export interface Endpoint {
  readonly method: string;
  readonly url: string;
  /** The queue that it sends to, where its integration names one. */
  readonly queueName?: string;
  /** The header that its TOKEN authorizer, or the one of its user pools, reads. */
  readonly tokenHeader?: string;
  /** What a request has to have besides, such as `method.request.header.X-Client`: what the method declares. */
  readonly requestParameters?: readonly string[];
  /** What its REQUEST authorizer wants of a request, in the same words. */
  readonly identitySources?: readonly string[];
  /** A token that it takes, where the keys of its user pools are the gateway's own. */
  readonly sampleToken?: string;
  /** Those of which a token of its user pools needs one: without any, it takes the ID token. */
  readonly scopes?: readonly string[];
  /** The Region for which callers sign, where its authorization is `AWS_IAM`. */
  readonly signingRegion?: string;
  /** The API key that it wants as `x-api-key`; empty where none counts. */
  readonly apiKey?: ApiKeyToSend;
}

/** An API key that a caller can send. */
export interface ApiKeyToSend {
  /** Its name, or the id of one from outside the stack. */
  readonly name?: string;
  /** Its value, where that is a stand-in; real ones, which a state has, are secrets. */
  readonly value?: string;
}

/**
 * All endpoints of an API, a resource before those further down.
 * @param stageUrl where a stage answers
 * @param tokenFor gives a token that a method takes
 */
export function endpointsOf(
  api: RestApi,
  stageUrl: (stage: Stage) => string,
  tokenFor: (method: Method) => string | undefined = () => undefined,
): Endpoint[] {
  const resources = [...api.resources].sort((a, b) => depth(a) - depth(b));
  return api.stages.flatMap((stage) =>
    resources.flatMap(({ path, methods }) =>
      Object.entries(methods).map(([verb, method]) => ({
        method: verb,
        url: `${stageUrl(stage)}${path === "/" ? "" : urlText(path)}`,
        ...queueOf(api, method, stage),
        ...tokenHeaderOf(method),
        ...parametersOf(method),
        ...(method.authorizer?.type === "REQUEST" && { identitySources: method.authorizer.identitySources }),
        ...userPoolTokenOf(method, tokenFor),
        ...(method.authorizationType === "AWS_IAM" && { signingRegion: api.region }),
        ...apiKeyOf(api, method, stage),
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

function parametersOf({ requestParameters }: Method): Pick<Endpoint, "requestParameters"> {
  const names = Object.keys(requestParameters);
  return names.length === 0 ? {} : { requestParameters: names };
}

function tokenHeaderOf({ authorizer }: Method): Pick<Endpoint, "tokenHeader"> {
  const source = authorizer?.type === "REQUEST" ? undefined : authorizer?.identitySources[0];
  const tokenHeader = source?.replace(/^method\.request\.header\./, "");
  return tokenHeader === undefined ? {} : { tokenHeader };
}

function userPoolTokenOf(
  method: Method,
  tokenFor: (method: Method) => string | undefined,
): Pick<Endpoint, "scopes" | "sampleToken"> {
  if (method.authorizationType !== "COGNITO_USER_POOLS") return {};
  const sampleToken = tokenFor(method);
  return { scopes: method.authorizationScopes, ...(sampleToken !== undefined && { sampleToken }) };
}

function apiKeyOf(api: RestApi, method: Method, stage: Stage): Pick<Endpoint, "apiKey"> {
  if (!method.apiKeyRequired || api.apiKeySource !== "HEADER") return {};
  const keys = api.usagePlans
    .filter(({ stages }) => stages.includes(stage.name))
    .flatMap((plan) => plan.keys);
  const key = keys.find(({ enabled }) => enabled);
  if (key === undefined) return { apiKey: {} };
  const { name, value, isMadeUp } = key;
  return { apiKey: { name, ...(isMadeUp && { value }) } };
}

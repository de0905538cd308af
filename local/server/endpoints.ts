import { executeApiDomain } from "../../aws/partition";
import type * as Senders from "../../webhooks/senders";
import { isOfSqs } from "../openapi/other-endpoints";
import { fixedBucket } from "../terraform/s3-target";
import { fixedQueue } from "../terraform/sqs-target";
import { type Reach, reachesOf, sentTo } from "./reach";
import { type SampleBody, sampleBodyOf } from "./sample-body";
import type { QueueReference } from "../../aws/arn";
import type { DomainMapping, Method, Resource, RestApi, Stage } from "../terraform/stack-model";

/** One method of one stage, as a caller reaches it. */
export interface Endpoint extends SampleBody {
  readonly method: string;
  readonly url: string;
  /** What it does with queues, or a bucket. */
  readonly reaches?: readonly Reach[];
  /** The queue that it sends to, or works on; the first where it chooses among several. */
  readonly queueName?: string;
  /** The bucket with whose objects it works, where its integration names one. */
  readonly bucketName?: string;
  /** The header that its TOKEN authorizer, or the one of its user pools, reads. */
  readonly tokenHeader?: string;
  /** What a request has to have besides, such as `method.request.header.X-Client`: what the method declares as required, or its template checks. */
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
  /** The sender whose deliveries it takes, where the stack's output `webhooks` names one. */
  readonly webhook?: Webhook;
}

/** A sender of webhooks, and what it takes its endpoint for. */
export interface Webhook {
  /** Its name in the setting `webhook`, such as `github`. */
  readonly sender: string;
  /** Its name for people. */
  readonly title: string;
  /** The endpoint's URL as a message has it in `RequestUrl`: AWS's, also here. Signatures that cover the URL are made with it. */
  readonly requestUrl: string;
  /** What it sends, as documented, without a signature. */
  readonly delivery: { readonly contentType: string; readonly body: string };
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
    resources.flatMap(({ path, sender, methods }) =>
      Object.entries(methods).map(([verb, method]) => ({
        method: verb,
        url: `${stageUrl(stage)}${pathText(path)}`,
        ...reachOf(api, method, stage),
        ...bucketOf(method, stage),
        ...sampleBodyOf(api, method),
        ...tokenHeaderOf(method),
        ...parametersOf(method),
        ...(method.authorizer?.type === "REQUEST" && { identitySources: method.authorizer.identitySources }),
        ...userPoolTokenOf(method, tokenFor),
        ...(method.authorizationType === "AWS_IAM" && { signingRegion: api.region }),
        ...apiKeyOf(api, method, stage),
        ...(takesDeliveries(verb) && webhookOf(`${awsStageUrl(api, stage)}${pathText(path)}`, sender)),
      })),
    ),
  );
}

/** Where a stage of the API below `origin/prefix` answers: if only its domain is open, below that. */
export function stageUrl(api: RestApi, origin: string, prefix: string): (stage: Stage) => string {
  return (stage) => {
    const domain = onlyDomain(api, stage);
    return `${origin}/${domain === undefined ? `${prefix}/${urlText(stage.name)}` : domainUrl(domain)}`;
  };
}

/** The same on AWS, as `$context.domainName` and `$context.path` tell it of a request that came to {@link stageUrl}. */
function awsStageUrl(api: RestApi, stage: Stage): string {
  const domain = onlyDomain(api, stage);
  const own = `${executeApiDomain(api.id, api.region)}/${urlText(stage.name)}`;
  return `https://${domain === undefined ? own : domainUrl(domain)}`;
}

function onlyDomain({ isEndpointDisabled, domains }: RestApi, { name }: Stage): DomainMapping | undefined {
  return isEndpointDisabled ? domains?.find(({ stage }) => stage === name) : undefined;
}

function domainUrl({ domainName, basePath }: DomainMapping): string {
  return `${domainName}${basePath === "" ? "" : `/${urlText(basePath)}`}`;
}

function pathText(path: string): string {
  return path === "/" ? "" : urlText(path);
}

/** What can't stand in a URL, percent-encoded; `{id}` stays, for people to fill in. */
function urlText(text: string): string {
  return text.toWellFormed().replace(/[^\w\-.~!$&'()*+,;=:@/{}%]+/g, encodeURIComponent);
}

function depth({ path }: Resource): number {
  return path.split("/").length;
}

function reachOf(
  api: RestApi,
  { integration }: Method,
  stage: Stage,
): Pick<Endpoint, "reaches" | "queueName"> {
  const reaches = reachesOf(api, integration, stage);
  if (reaches.length === 0) return {};
  const queueName = isOfSqs(integration)
    ? mainQueue(reaches, fixedQueue(api, integration, stage))
    : undefined;
  return { reaches, ...(queueName !== undefined && { queueName }) };
}

function bucketOf({ integration }: Method, stage: Stage): Pick<Endpoint, "bucketName"> {
  const bucketName = fixedBucket(integration, stage);
  return bucketName === undefined ? {} : { bucketName };
}

function parametersOf({ requestParameters, integration }: Method): Pick<Endpoint, "requestParameters"> {
  const names = Object.entries(requestParameters)
    .filter(([name, isRequired]) => isRequired || isChecked(name, integration))
    .map(([name]) => name);
  return names.length === 0 ? {} : { requestParameters: names };
}

/** Does a template look for a header by its name in any case, as one does that checks a secret? What may be left out is not looked for so. */
function isChecked(parameter: string, { requestTemplates }: Method["integration"]): boolean {
  const name = parameter.replace(/^method\.request\.header\./, "").toLowerCase();
  return Object.values(requestTemplates).some((template) => template.includes(`.toLowerCase() == '${name}'`));
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

function takesDeliveries(verb: string): boolean {
  return verb === "POST" || verb === "ANY";
}

/** Who made the output is not known: a sender that the setting does not have is none. */
function webhookOf(requestUrl: string, sender: string | undefined): Pick<Endpoint, "webhook"> {
  if (sender === undefined) return {};
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- they take 20 ms to load, and few stacks have senders
  const { senderNamed } = require("../../webhooks/senders") as typeof Senders;
  const known = senderNamed(sender);
  if (known === undefined) return {};
  const { title, contentTypes, sample } = known;
  const delivery = { contentType: contentTypes[0] ?? "application/json", body: sample };
  return { webhook: { sender, title, requestUrl, delivery } };
}

/** A URL without scheme and host. */
export function pathOf(url: string): string {
  return url.replace(/^\w+:\/\/[^/]+/, "");
}

/** Of several queues the one to which the integration's path leads where no request changes it. */
function mainQueue(reaches: readonly Reach[], fixed: QueueReference | undefined): string | undefined {
  const names = sentTo(reaches);
  return names.find((name) => name === fixed?.queueName) ?? names[0] ?? reaches[0]?.names[0];
}

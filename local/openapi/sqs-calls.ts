import { type QueueReference, parseArn, parseQueueUrl } from "../../aws/arn";
import { type PathValues, type SqsTarget, fillUri, sqsTarget } from "../terraform/sqs-target";
import type { Integration, RestApi, Stage } from "../terraform/stack-model";
import { type Outcome, distinct, templateOutcomes } from "./template-outcomes";
import { NO_OVERRIDES, UNKNOWN } from "./template-overrides";

/** A call of SQS that an integration can make. */
export interface SqsCall {
  /** Absent: the request names it, or nothing tells. */
  readonly action?: string;
  readonly region: string;
  /** Absent: each request names it, or a mapping template with a value of the request. */
  readonly queue?: QueueReference;
}

/** What of an integration decides about its calls. */
export type CallingIntegration = Pick<
  Integration,
  "uri" | "requestParameters" | "requestTemplates" | "passthroughBehavior" | "credentials"
>;

/** Where an integration is called. */
interface CallingPlace {
  readonly api: Pick<RestApi, "region" | "accountId">;
  readonly stage: Pick<Stage, "variables">;
}

/**
 * The calls that an integration can make, each once, whatever a request holds; none for one of another service.
 *
 * Rests on: a path parameter that a mapping template overrides counts before the one that the integration maps, and `QueueUrl` among
 * the parameters before the queue in the path. The latter was recorded on AWS.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function sqsCalls(integration: CallingIntegration, { api, stage }: CallingPlace): readonly SqsCall[] {
  if (sqsTarget(integration.uri) === undefined) return [];
  const calls = waysOf(integration).flatMap((way): SqsCall[] => {
    const uri = fillUri(integration.uri, pathValues(integration, way), stage.variables);
    const target = sqsTarget(uri) ?? { region: api.region };
    const queue = queueOf(integration, { way, target, accountId: api.accountId });
    const place = { region: target.region, ...(queue && { queue }) };
    return actionsOfWay(integration, way, target).map((action) => ({ ...place, ...(action && { action }) }));
  });
  return distinct(calls);
}

/** The actions of SQS that an integration can ask for, each once; `undefined` for one that can't be told. */
export function actionsOf(integration: CallingIntegration): readonly (string | undefined)[] {
  const target = sqsTarget(integration.uri);
  if (target === undefined) return [undefined];
  return [...new Set(waysOf(integration).flatMap((way) => actionsOfWay(integration, way, target)))];
}

type Way = Pick<Outcome, "text" | "request"> & {
  /** The template that prints it. */
  readonly template?: string;
};

/** What an integration can send: what its templates can print, and the caller's own body where that gets through. */
function waysOf({ requestTemplates, passthroughBehavior }: CallingIntegration): readonly Way[] {
  const templates = Object.values(requestTemplates);
  const printed = templates.flatMap((template): Way[] => {
    const outcomes = templateOutcomes(template).map(({ text, request }) => ({ text, request, template }));
    return outcomes.length === 0 ? [{ ...ANYTHING, template }] : outcomes;
  });
  const passes = templates.length === 0 || passthroughBehavior === "WHEN_NO_MATCH";
  return distinct([...printed, ...(passes ? [ANYTHING] : [])]);
}

const ANYTHING: Way = { text: UNKNOWN, request: NO_OVERRIDES.request };

function pathValues({ requestParameters }: CallingIntegration, { request }: Way): PathValues {
  const mapped = Object.entries(requestParameters).flatMap(([key, expression]) => {
    const name = /^integration\.request\.path\.(.+)$/.exec(key)?.[1];
    return name === undefined ? [] : [[name, constantIn(expression) ?? UNKNOWN] as const];
  });
  const values = Object.fromEntries([...mapped, ...Object.entries(request.path)]);
  const any = request.path[UNKNOWN];
  return any === undefined ? values : Object.fromEntries(Object.keys(values).map((name) => [name, UNKNOWN]));
}

function constantIn(expression: string): string | undefined {
  return /^'(.*)'$/s.exec(expression)?.[1];
}

/** A query parameter, wherever it is set but in what the template prints. */
function queryParameter(
  name: string,
  { requestParameters }: CallingIntegration,
  { way: { request }, target: { query } }: Pick<Sent, "way" | "target">,
): string | undefined {
  const overridden = request.querystring[name] ?? request.querystring[UNKNOWN];
  if (overridden !== undefined) return overridden;
  const mapped = requestParameters[`integration.request.querystring.${name}`];
  if (mapped !== undefined) return constantIn(mapped) ?? UNKNOWN;
  return new URLSearchParams(query).get(name) ?? undefined;
}

interface Sent {
  readonly way: Way;
  readonly target: SqsTarget;
  /** Owner of a queue that is named without one, unless the role tells another. */
  readonly accountId: string;
}

function queueOf(integration: CallingIntegration, sent: Sent): QueueReference | undefined {
  const { region, queueName, accountId = parseArn(integration.credentials ?? "")?.accountId } = sent.target;
  const url = queryParameter("QueueUrl", integration, sent) ?? QUEUE_URL.exec(sent.way.text)?.[1];
  if (url !== undefined) {
    const named = parseQueueUrl(decoded(url));
    return named && { region, ...named };
  }
  if (queueName === undefined) return undefined;
  const queue = { region, accountId: accountId ?? sent.accountId, queueName };
  return /[{\uE000]/.test(`${queue.accountId}${queueName}`) ? undefined : queue;
}

/** As SQS's Query protocol has it, or its JSON protocol. */
const QUEUE_URL = /\bQueueUrl["']?\s*[=:]\s*["']?([^&"'\s]*)/;

/** What a text of SQS's Query protocol stands for; the text itself where it stands for none. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function actionsOfWay(
  integration: CallingIntegration,
  way: Way,
  target: SqsTarget,
): readonly (string | undefined)[] {
  const named =
    target.action ??
    queryParameter("Action", integration, { way, target }) ??
    headerAction(integration, way) ??
    QUERY_ACTION.exec(way.text)?.[1];
  // Of a template that goes too many ways, or prints behind the action what nobody knows, the source is left.
  const isTold = named !== undefined && !named.includes(UNKNOWN);
  const found = isTold ? [] : [...(way.template ?? "").matchAll(WRITTEN_ACTION)];
  const actions = found.length === 0 ? [named] : found.map(([, action]) => action);
  return actions.flatMap((action) => {
    if (action === undefined || action.includes(UNKNOWN)) return [undefined];
    return SQS_ACTIONS.has(action) ? [action] : [];
  });
}

const QUERY_ACTION = /(?:^|&)\s*Action=([^&\s]*)/;
const WRITTEN_ACTION = /(?:^|[&\s)])Action=(\w+)(?![\w$])/g;

/** SQS's JSON protocol has the action in a header. */
function headerAction({ requestParameters }: CallingIntegration, { request }: Way): string | undefined {
  const mapped = Object.entries(requestParameters).map(
    ([key, expression]) =>
      [key.replace(/^integration\.request\.header\./, ""), constantIn(expression) ?? UNKNOWN] as const,
  );
  const headers = [...Object.entries(request.header), ...mapped];
  return headers.find(([name]) => name.toLowerCase() === "x-amz-target")?.[1].replace(/^AmazonSQS\./, "");
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
const SQS_ACTIONS: ReadonlySet<string> = new Set([
  "AddPermission",
  "CancelMessageMoveTask",
  "ChangeMessageVisibility",
  "ChangeMessageVisibilityBatch",
  "CreateQueue",
  "DeleteMessage",
  "DeleteMessageBatch",
  "DeleteQueue",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListDeadLetterSourceQueues",
  "ListMessageMoveTasks",
  "ListQueueTags",
  "ListQueues",
  "PurgeQueue",
  "ReceiveMessage",
  "RemovePermission",
  "SendMessage",
  "SendMessageBatch",
  "SetQueueAttributes",
  "StartMessageMoveTask",
  "TagQueue",
  "UntagQueue",
]);

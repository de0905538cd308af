import { type QueueReference, parseArn } from "../../aws/arn";
import type { Integration, RestApi, Stage } from "./stack-model";

/** What an integration's URI asks of SQS; all else stands in the request. */
export interface SqsTarget {
  readonly region: string;
  /** Owner of the queue in the path; absent: the caller itself. */
  readonly accountId?: string;
  readonly queueName?: string;
  readonly action?: string;
  /** What stands behind a question mark, such as `Action=ReceiveMessage`. */
  readonly query?: string;
}

/** The forms of URI that {@link sqsTarget} reads. */
export const SQS_URI_FORMS =
  "arn:<partition>:apigateway:<region>:sqs:path/<account>/<queue> and …:sqs:action/<Action>";

/**
 * Reads `…:sqs:action/<Action>` and `…:sqs:path/<account>/<queue>`, the latter also as it occurs with a slash more or
 * without the account, or without a queue where `QueueUrl` in the request names it, and either with a query, as configurations in
 * production have it. Undefined for any other URI.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-uri
 * That a queue without an account is the caller's own has no recording on AWS.
 */
export function sqsTarget(uri: string): SqsTarget | undefined {
  const arn = parseArn(uri);
  if (arn?.service !== "apigateway" || arn.accountId !== "sqs") return undefined;
  const [, resource = "", query] = /^([^?]*)(?:\?(.*))?$/s.exec(arn.resource) ?? [];
  const asked = { region: arn.region, ...(query !== undefined && query !== "" && { query }) };
  const action = /^action\/(\w+)$/.exec(resource)?.[1];
  if (action !== undefined) return { ...asked, action };
  const [path, accountId, queueName] = /^path\/\/?(?:([^/]+)\/)?([^/]+)?$/.exec(resource) ?? [];
  if (path === undefined) return undefined;
  if (queueName === undefined) return accountId === undefined ? asked : undefined;
  return { ...asked, queueName, ...(accountId !== undefined && { accountId }) };
}

/** Values of a URI's `{placeholders}`. */
export type PathValues = Readonly<Record<string, string | readonly string[]>>;

/** A placeholder without a value stays as it is; an unknown stage variable becomes empty. */
export function fillUri(uri: string, path: PathValues, stageVariables: Stage["variables"]): string {
  if (!uri.includes("{")) return uri;
  return uri
    .replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => stageVariables[name] ?? "")
    .replaceAll(/\{([\w.:-]+)\+?\}/g, (placeholder, name: string) => path[name]?.toString() ?? placeholder);
}

/** The account that an integration calls SQS as. */
export function callingAccount(api: RestApi, { credentials = "" }: Integration): string {
  return parseArn(credentials)?.accountId ?? api.accountId;
}

/** The queue to which an integration sends on a stage, where no request is needed to tell. */
export function fixedQueue(api: RestApi, integration: Integration, stage: Stage): QueueReference | undefined {
  const target = sqsTarget(fillUri(integration.uri, fixedPathValues(integration), stage.variables));
  if (target?.queueName === undefined || target.queueName.includes("{")) return undefined;
  const { region, queueName, accountId = callingAccount(api, integration) } = target;
  return accountId.includes("{") ? undefined : { region, accountId, queueName };
}

/** Values of placeholders that no request changes. */
export function fixedPathValues({ requestParameters }: Integration): PathValues {
  return Object.fromEntries(
    Object.entries(requestParameters).flatMap(([key, expression]) => {
      const name = /^integration\.request\.path\.(.+)$/.exec(key)?.[1];
      const value = /^'(.*)'$/s.exec(expression)?.[1];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

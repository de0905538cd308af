import type { SqsClient } from "../aws/sqs-client";
import { SqsConnectionError, SqsTimeoutError } from "../aws/sqs-failures";
import { type Backend, type IntegrationRequest } from "./backend";
import { GatewayError } from "./gateway-error";

/** Whether the integration may call this action on this queue. */
export type AuthorizeSqs = (action: string, queueArn: string) => boolean;

/**
 * The AWS integration to SQS, in the two forms of its URI: `…:sqs:path/<account>/<queue>` and `…:sqs:action/<Action>`.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-uri
 */
export function sqsBackend(client: SqsClient, authorize: AuthorizeSqs): Backend {
  const targetOf = rememberLast(sqsTarget);
  return async (request) => {
    const { region, accountId, queueName, action } = targetOf(request.uri);
    try {
      const { status, headers, body, sent } = await client.send({
        region,
        ...(accountId !== undefined && { accountId }),
        ...(queueName !== undefined && { queueName }),
        ...(action !== undefined && { action }),
        headers: singleValues(request.headers),
        query: queryString(request.query),
        body: request.body.toString(),
        authorize,
        timeoutMs: request.timeoutInMillis,
      });
      return { status, headers: Object.entries(headers), body, sent };
    } catch (error) {
      if (error instanceof SqsTimeoutError)
        throw new GatewayError("INTEGRATION_TIMEOUT", undefined, { cause: error });
      if (error instanceof SqsConnectionError)
        throw new GatewayError("INTEGRATION_FAILURE", undefined, { cause: error });
      throw error;
    }
  };
}

interface SqsTarget {
  readonly region: string;
  readonly accountId?: string;
  readonly queueName?: string;
  readonly action?: string;
}

/** An integration's URI rarely changes from one request to the next. */
function rememberLast<Value>(compute: (key: string) => Value): (key: string) => Value {
  let last: { key: string; value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: compute(key) };
    return last.value;
  };
}

function sqsTarget(uri: string): SqsTarget {
  const [, region = "", kind, first = "", second = ""] =
    /^arn:[\w-]+:apigateway:([\w-]+):sqs:(path|action)\/([^/]+)(?:\/(.+))?$/.exec(uri) ?? [];
  return kind === "path" ? { region, accountId: first, queueName: second } : { region, action: first };
}

function singleValues(headers: IntegrationRequest["headers"]): Record<string, string> {
  const single: Record<string, string> = {};
  for (const name in headers) single[name] = headers[name]?.toString() ?? "";
  return single;
}

function queryString(query: IntegrationRequest["query"]): string {
  const pairs: string[] = [];
  for (const name in query) {
    for (const value of [query[name] ?? []].flat()) {
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    }
  }
  return pairs.join("&");
}

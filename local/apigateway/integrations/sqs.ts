import { sqsTarget } from "../../terraform/sqs-target";
import type { SqsService } from "../../sqs/sqs-service";
import { SqsConnectionError, SqsTimeoutError } from "../../sqs/sqs-error";
import { internalServerError, unanswered } from "../gateway-error";
import { type IntegrationRequest, singleValues } from "../integration-request";
import type { CallIntegration } from "../integration-response";
import type { QueuePermission } from "../permissions";

/**
 * The AWS integration to SQS.
 * @param callingAccount owner of a queue that the integration's URI names without its account
 */
export function sqsIntegration(
  service: SqsService,
  authorize: QueuePermission,
  callingAccount: string,
): CallIntegration {
  const targetOf = rememberLast(sqsTarget);
  return async (request) => {
    const target = targetOf(request.uri);
    if (target === undefined) throw internalServerError(new Error(`${request.uri} is no URI of SQS.`));
    try {
      const { status, headers, body, sent } = await service.send({
        accountId: callingAccount,
        ...target,
        headers: singleValues(request.headers),
        query: queryString(request.query, target.query),
        body: request.body.toString(),
        authorize,
        timeoutMs: request.timeoutInMillis,
      });
      return { status, headers: Object.entries(headers), body, sent };
    } catch (error) {
      const isTimeout = error instanceof SqsTimeoutError;
      if (!isTimeout && !(error instanceof SqsConnectionError)) throw error;
      throw unanswered(error, isTimeout);
    }
  };
}

/** An integration's URI rarely changes from one request to the next. */
function rememberLast<Value>(compute: (key: string) => Value): (key: string) => Value {
  let last: { key: string; value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: compute(key) };
    return last.value;
  };
}

/** @param ofUri what the integration's URI has already */
function queryString(query: IntegrationRequest["query"], ofUri: string | undefined): string {
  const pairs = ofUri === undefined ? [] : [ofUri];
  for (const name in query) {
    for (const value of [query[name] ?? []].flat()) {
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    }
  }
  return pairs.join("&");
}

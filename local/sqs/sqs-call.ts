import { readJsonInput } from "./json-protocol";
import type { JsonObject } from "./json-values";
import { parseQueryParameters } from "./query-parameters";
import { queryToJsonInput } from "./query-protocol";
import type { QueueReference } from "../../aws/arn";
import { parseQueueUrl } from "./queue-reference";
import { type ActionShape, SQS_ACTIONS } from "./sqs-actions";
import { SqsError } from "./sqs-error";

/** What a request asks of SQS, in the terms of the AWS JSON protocol. */
export interface SqsCall {
  action: string;
  shape: ActionShape;
  /** Without `QueueUrl`. */
  input: JsonObject;
  queue?: QueueReference;
}

/** Where a request goes and what it says. */
interface RawRequest {
  region: string;
  accountId?: string;
  queueName?: string;
  action?: string;
  query?: string;
  body: string;
}

/**
 * Reads a request in the Query protocol: its parameters stand in the query string, the form-encoded body, or both.
 * @returns `undefined` when it names no action.
 * @throws SqsError
 */
export function readQueryCall(contentType: string, request: RawRequest): SqsCall | undefined {
  const form = contentType.startsWith("application/x-www-form-urlencoded") ? request.body : "";
  const parameters = parseQueryParameters(request.query ?? "", form);
  const action = request.action ?? parameters.get("Action");
  if (action === undefined || action === "") return undefined;
  const shape = SQS_ACTIONS.get(action);
  if (shape === undefined) {
    throw new SqsError("InvalidAction", `The action ${action} is not valid for this endpoint.`);
  }
  const queue = shape.onQueue ? readQueue(parameters.get("QueueUrl"), request) : undefined;
  return { action, shape, input: queryToJsonInput(shape.input, parameters), ...(queue && { queue }) };
}

/**
 * Reads a request in the AWS JSON protocol, whose action `X-Amz-Target` names.
 * @throws SqsError
 */
export function readJsonCall(target: string, request: RawRequest): SqsCall {
  const action = target.startsWith("AmazonSQS.") ? target.slice("AmazonSQS.".length) : "";
  const shape = SQS_ACTIONS.get(action);
  if (shape === undefined) {
    throw new SqsError("UnknownOperationException", `The operation ${target} is unknown.`, 404);
  }
  const { QueueUrl, ...input } = readJsonInput(shape.input, request.body);
  if (!shape.onQueue) return { action, shape, input };
  // The path counts in the Query protocol only.
  const queue = readQueue(QueueUrl as string | undefined, { region: request.region });
  return { action, shape, input, queue };
}

function readQueue(
  queueUrl: string | undefined,
  { region, accountId, queueName }: Pick<RawRequest, "region" | "accountId" | "queueName">,
): QueueReference {
  if (queueUrl !== undefined) return parseQueueUrl(queueUrl, region);
  if (accountId !== undefined && queueName !== undefined) return { region, accountId, queueName };
  throw new SqsError("MissingParameter", "The request must contain the parameter QueueUrl.");
}

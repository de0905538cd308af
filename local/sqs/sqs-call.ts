import type { QueueReference } from "../../aws/arn";
import type { JsonObject } from "./json-values";
import type { ActionShape, OutputShape } from "./sqs-actions";
import type { SqsError } from "./sqs-error";

/** An integration request to SQS, as API Gateway sends it. */
export interface SqsRequest {
  region: string;
  /** The account and the queue in the URI's `path/`. */
  accountId?: string;
  queueName?: string;
  /** The action in the URI's `action/`. */
  action?: string;
  headers: Readonly<Record<string, string>>;
  /** The query string, without `?`. */
  query?: string;
  body: string;
  /** Whether the integration's role may do this to this queue. */
  authorize(action: string, queueArn: string): boolean;
  timeoutMs: number;
}

/** What a request asks of SQS, in the terms of the AWS JSON protocol. */
export interface SqsCall {
  action: string;
  shape: ActionShape;
  /** Without `QueueUrl`. */
  input: JsonObject;
  queue?: QueueReference;
}

/** How SQS writes its answers: which protocol the request came in, and what it accepts. */
export interface AnswerFormat {
  contentType: string;
  /** The body of a success; `result` is the action's result in the AWS JSON protocol. */
  result(action: string, output: OutputShape | undefined, result: JsonObject, requestId: string): string;
  /** The body of an error. */
  error(error: SqsError, requestId: string): string;
  /** Headers of an error beside those that every answer has. */
  errorHeaders?(error: SqsError): Record<string, string>;
}

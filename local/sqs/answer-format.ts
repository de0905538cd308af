import type { OutputShape } from "./sqs-actions";
import type { SqsError } from "./sqs-error";

/** How SQS writes its answers: which protocol the request came in, and what it accepts. */
export interface AnswerFormat {
  contentType: string;
  /** The body of a success; `result` is the action's result in the AWS JSON protocol. */
  result(action: string, output: OutputShape | undefined, result: object, requestId: string): string;
  /** The body of an error. */
  error(error: SqsError, requestId: string): string;
  /** Headers of an error beside those that every answer has. */
  errorHeaders?(error: SqsError): Record<string, string>;
}

import type { AnswerFormat } from "./answer-format";
import { jsonErrorType } from "./sqs-error";

/**
 * SQS's answers in the AWS JSON protocol.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html
 */
export const AWS_JSON_ANSWER: AnswerFormat = {
  contentType: "application/x-amz-json-1.0",
  result: (_action, _output, result) => JSON.stringify(result),
  error(error) {
    return JSON.stringify({ __type: jsonErrorType(error), message: jsonMessage(error.message) });
  },
  errorHeaders: (error) => ({ "x-amzn-query-error": `${error.code};${error.type}` }),
};

/** The Query protocol's wording speaks of a version that the JSON protocol does not have. */
function jsonMessage(message: string): string {
  return message.replace(" for this wsdl version.", ".");
}

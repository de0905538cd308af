import type { JsonObject } from "./json-values";
import { invalidParameterValue, missingParameter } from "./sqs-error";

/** What each parameter may be, and SQS's words for what it must be. */
const RANGES = {
  MaxNumberOfMessages: { least: 1, most: 10, reason: "Must be between 1 and 10, if provided." },
  WaitTimeSeconds: { least: 0, most: 20, reason: "Must be >= 0 and <= 20, if provided." },
  VisibilityTimeout: { least: 0, most: 43_200, reason: "Must be >= 0 and <= 43200, if provided." },
};

/** What each action must have. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  ReceiveMessage: [],
  DeleteMessage: ["ReceiptHandle"],
  ChangeMessageVisibility: ["ReceiptHandle", "VisibilityTimeout"],
};

/**
 * Refuses what SQS refuses of a consumer's call, in its words, so that emulators that take more make no difference. SQS's words for a
 * visibility timeout are not recorded.
 * @throws SqsError
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function checkReceive(action: string, input: JsonObject): void {
  const required = REQUIRED[action];
  if (required === undefined) return;
  for (const name of required) {
    if (input[name] === undefined || input[name] === "") throw missingParameter(name);
  }
  for (const [name, { least, most, reason }] of Object.entries(RANGES)) {
    const value = input[name];
    if (typeof value !== "number" || (value >= least && value <= most)) continue;
    throw invalidParameterValue(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
  }
}

import type { QueuePlace } from "./sqs-client";
import {
  outputsOfFile,
  outputsOfStack,
  requireOutput,
  requireWebhook,
  type StackOutputs,
} from "./stack-outputs";

/** How a deployed stack is named on a command line. */
export interface WhichStack {
  readonly stack?: string | undefined;
  readonly state?: string | undefined;
  /** Path of a sender of webhooks, whose URL and queue are meant. */
  readonly webhook?: string | undefined;
}

/** A queue may also be given by itself. */
export interface WhichQueue extends WhichStack {
  readonly queueUrl?: string | undefined;
}

export function outputsOf({ stack = "", state }: WhichStack): StackOutputs {
  return state === undefined ? outputsOfStack(stack) : outputsOfFile(state);
}

export function placeOfQueue({ queueUrl, ...which }: WhichQueue): QueuePlace {
  if (queueUrl !== undefined) return { url: queueUrl };
  const outputs = outputsOf(which);
  if (which.webhook !== undefined) return { url: requireWebhook(outputs, which.webhook).queue_url };
  return { url: requireOutput(outputs, "queue_url"), arn: requireOutput(outputs, "queue_arn") };
}

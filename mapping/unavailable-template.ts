import { errorBody } from "./error-body";

/** Response template for SQS's 5xx statuses: whatever is wrong, it passes by itself, and a retry makes sense. */
export function unavailableTemplate(): string {
  return errorBody("SERVICE_UNAVAILABLE", "The queue is not available. Retry later.");
}

import { secretMask } from "../mask-secrets";
import { failureOf } from "../request-line";
import type { RequestTrace } from "../../apigateway/request-trace";

/** A request as the page shows it. */
export interface LoggedRequest {
  /** Counts up from 1. */
  readonly number: number;
  readonly stack: string;
  /** A `RequestTrace` without secrets and `$context`, its long texts cut. */
  readonly trace: unknown;
  /** Why SQS did not take a message, or the caller was told so. */
  readonly failure?: unknown;
  /** Characters of it, about. */
  readonly size: number;
}

/** Characters of one text that are kept. */
const longestText = 16 * 1024;

/** Makes a trace fit to be shown: without secrets, and short. */
export function loggedRequest(
  number: number,
  stack: string,
  trace: RequestTrace,
  secrets: readonly string[],
): LoggedRequest {
  let size = 0;
  const mask = secretMask(secrets);
  const show = (value: unknown): unknown => {
    if (typeof value === "string") {
      const text = shortened(mask(value));
      size += text.length;
      return text;
    }
    if (Buffer.isBuffer(value)) return show(value.toString());
    if (Array.isArray(value)) return value.map(show);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, show(member)]));
  };
  const shown = { trace: show({ ...trace, context: undefined }), failure: show(failureOf(trace)) };
  return { number, stack, ...shown, size };
}

function shortened(text: string): string {
  if (text.length <= longestText) return text;
  // A slice keeps the whole text in memory; a copy of its characters does not.
  const start = Buffer.from(text.slice(0, longestText)).toString();
  return `${start}… (${text.length - longestText} more characters)`;
}

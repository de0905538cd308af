import type { RequestTrace } from "../../apigateway/request-trace";
import { TokenBucket } from "../../apigateway/throttling";
import { failureOf, secretMask } from "../request-line";

/** Requests that are kept. */
const LONGEST = 200;

/** Characters of all of them together. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** Requests that are recorded at once, and a second after that: under load the rest is only counted, and so costs nothing. */
const ALLOWANCE = { burst: 100, rate: 20 };

/** The newest requests, oldest first, kept also while no page is open: who opens it sees what just happened. */
export class RequestLog {
  public readonly requests: LoggedRequest[] = [];
  /** Requests that came too fast to be recorded. */
  public missed = 0;
  private count = 0;
  private characters = 0;
  private readonly allowance = new TokenBucket(ALLOWANCE);

  constructor(private readonly onRequest: (request: LoggedRequest) => void) {}

  /** Whether the request that comes now is to be traced. */
  public readonly wants = (): boolean => {
    if (this.allowance.take(Date.now())) return true;
    this.missed += 1;
    return false;
  };

  public add(stack: string, trace: RequestTrace, secrets: readonly string[]): void {
    this.count += 1;
    const request = loggedRequest(this.count, stack, trace, secrets);
    this.requests.push(request);
    this.characters += request.size;
    while (this.requests.length > LONGEST || this.characters > MOST_CHARACTERS) {
      this.characters -= this.requests.shift()?.size ?? 0;
    }
    this.onRequest(request);
  }
}

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
const LONGEST_TEXT = 16 * 1024;

/** Characters that a secret has at most, however it is written. */
const LONGEST_SECRET = 64 * 1024;

/** Characters from which on a text is cut before it is masked: masking ten million takes longer than the rest of a request. */
const FAR_TOO_LONG = 2 * 1024 * 1024;

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
    if (typeof value === "string" || Buffer.isBuffer(value)) {
      const text = shortened(value, mask);
      size += text.length;
      return text;
    }
    if (Array.isArray(value)) return value.map(show);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, show(member)]));
  };
  const shown = { trace: show({ ...trace, context: undefined }), failure: show(failureOf(trace)) };
  return { number, stack, ...shown, size };
}

function shortened(whole: string | Buffer, mask: (text: string) => string): string {
  if (whole.length <= FAR_TOO_LONG) return cut(mask(whole.toString()));
  const most = LONGEST_TEXT + LONGEST_SECRET;
  const start = mask(typeof whole === "string" ? whole.slice(0, most) : whole.toString("utf8", 0, most));
  // Of a secret that is cut through, nothing may be left.
  return cut(start.slice(0, -LONGEST_SECRET), whole.length - LONGEST_TEXT);
}

/** @param more characters that are left out already */
function cut(text: string, more = text.length - LONGEST_TEXT): string {
  if (more <= 0) return text;
  // A slice keeps the whole text in memory; a copy of its characters does not.
  const start = Buffer.from(text.slice(0, LONGEST_TEXT)).toString();
  return `${start}… (${more} more characters)`;
}

import type { RequestTrace } from "../../apigateway/request-trace";
import { TokenBucket } from "../../apigateway/throttling";
import { type LoggedRequest, loggedRequest } from "./logged-request";

/** Requests that are kept. */
const LONGEST = 200;

/** Characters of all of them together. */
const mostCharacters = 8 * 1024 * 1024;

/** Requests that are recorded at once, and a second after that: under load the rest is only counted, and so costs nothing. */
const ALLOWANCE = { burst: 100, rate: 20 };

/** The newest requests, oldest first, kept also while no page is open: who opens it sees what just happened. */
export class RequestLog {
  public readonly requests: LoggedRequest[] = [];
  /** Requests that came too fast to be recorded. */
  public missed = 0;
  private readonly onRequest: (request: LoggedRequest) => void;
  private count = 0;
  private characters = 0;
  private readonly allowance = new TokenBucket(ALLOWANCE);

  constructor(onRequest: (request: LoggedRequest) => void) {
    this.onRequest = onRequest;
  }

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
    while (this.requests.length > LONGEST || this.characters > mostCharacters) {
      this.characters -= this.requests.shift()?.size ?? 0;
    }
    this.onRequest(request);
  }
}

/** One HTTP request to one stack's APIs, as the caller sent it. */
export interface IncomingRequest {
  readonly method: string;
  /** As sent, still percent-encoded, from the stage on: `/prod/sqs`. */
  readonly path: string;
  /** What follows the `?`, as sent; empty without one. */
  readonly queryString: string;
  /** Names and values in turn, as Node's `rawHeaders`. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  /** Such as `HTTP/1.1`. */
  readonly protocol: string;
}

/** What the caller is answered. */
export interface OutgoingResponse {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string | Buffer;
}

/** Names and values in the order in which they are sent; a name may occur more than once. */
export type HeaderList = (readonly [name: string, value: string])[];

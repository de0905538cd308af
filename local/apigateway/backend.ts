import type { HeaderList } from "./http-message";

/** What an integration sends to its backend. */
export interface IntegrationRequest {
  /** With its `{placeholders}` filled in. */
  readonly uri: string;
  readonly httpMethod: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
  readonly timeoutInMillis: number;
}

/** What the backend answered. */
export interface BackendResponse {
  readonly status: number;
  /** What selection patterns are matched with, where that is not the status: a Lambda function's error message. */
  readonly selectionValue?: string;
  readonly headers: HeaderList;
  readonly body: string | Buffer;
  /** What was sent over the wire, for traces. */
  readonly sent?: unknown;
}

/**
 * The thing behind an integration: SQS or a mock.
 * @throws GatewayError when there is no answer, or not in time.
 */
export type Backend = (request: IntegrationRequest) => Promise<BackendResponse> | BackendResponse;

/** The value of a header in any case. */
export function headerOf(
  headers: IntegrationRequest["headers"],
  name: string,
): string | readonly string[] | undefined {
  const wanted = name.toLowerCase();
  for (const key in headers) if (key.toLowerCase() === wanted) return headers[key];
  return undefined;
}

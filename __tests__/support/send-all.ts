import type { IncomingHttpHeaders } from "node:http";
import { type Dispatcher, Pool } from "undici";

/** A request of a load test. */
export interface LoadRequest {
  /** @default "POST" */
  readonly method?: Dispatcher.HttpMethod;
  /** By name, or names and values in turn, of which a name may come twice. */
  readonly headers: Readonly<Record<string, string>> | string[];
  readonly body: string | Uint8Array;
  /** Goes behind the URL. */
  readonly path?: string;
}

export interface LoadAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

/** Sends all requests over `connections` connections; answers in the order of the requests. */
export async function sendAll(
  url: string,
  requests: readonly LoadRequest[],
  connections = 16,
): Promise<LoadAnswer[]> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections });
  const answers: LoadAnswer[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; ; index = next++) {
      const request = requests[index];
      if (!request) return;
      const { method = "POST", headers, body, path = "" } = request;
      const response = await pool.request({ method, path: `${pathname}${path}`, headers, body });
      const { statusCode: status, headers: answered } = response;
      answers[index] = { status, headers: answered, text: await response.body.text() };
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, work));
  } finally {
    await pool.destroy();
  }
  return answers;
}

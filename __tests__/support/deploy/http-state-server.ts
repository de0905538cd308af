import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A store for Terraform's `http` backend, with its locks, in memory. */
export interface HttpStateServer {
  readonly url: string;
  /** The state at a path of the URL; undefined if there is none. */
  state(path: string): string | undefined;
  close(): void;
}

/**
 * Starts the store on a free port.
 * @see https://developer.hashicorp.com/terraform/language/backend/http
 */
export async function startHttpStateServer(): Promise<HttpStateServer> {
  const states = new Map<string, string>();
  const locks = new Map<string, string>();
  const server = createServer((request, response) => {
    void answer(request, response, states, locks);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    state: (path) => states.get(path),
    close: () => server.close(),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  states: Map<string, string>,
  locks: Map<string, string>,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const body = await text(request);
  const lock = locks.get(pathname);
  switch (request.method) {
    case "GET":
      response.writeHead(states.has(pathname) ? 200 : 404).end(states.get(pathname));
      return;
    case "POST":
      states.set(pathname, body);
      break;
    case "LOCK":
      if (lock !== undefined) {
        response.writeHead(423).end(lock);
        return;
      }
      locks.set(pathname, body);
      break;
    case "UNLOCK":
      locks.delete(pathname);
      break;
  }
  response.writeHead(200).end();
}

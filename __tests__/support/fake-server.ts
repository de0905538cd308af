import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A service as a test wants it, on a free port. */
export abstract class FakeServer {
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => this.handle(request, body, response));
  });

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  protected abstract handle(
    request: IncomingMessage,
    body: string,
    response: ServerResponse,
  ): void | Promise<void>;
}

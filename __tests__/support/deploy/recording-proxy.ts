import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that refuses every request, and remembers where it was to go. */
export interface RecordingProxy {
  readonly url: string;
  readonly hosts: string[];
  close(): void;
}

/** Starts the proxy on a free port. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const hosts: string[] = [];
  const server = createServer((request, response) => {
    hosts.push(request.url ?? "");
    response.writeHead(502).end();
  });
  server.on("connect", (request, socket) => {
    hosts.push(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, hosts, close: () => server.close() };
}

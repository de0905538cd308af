import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import type { Gateway } from "./gateway";
import { type Page, pagePrefix } from "./page/page";
import { readPayload } from "./read-payload";
import type { OutgoingResponse } from "./steps/http-message";
import { UserError } from "./user-error";

/** A running HTTP server. */
export interface GatewayServer {
  /** Such as `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** Puts other gateways in the place of the ones so far; requests under way end with the old ones. */
  replace(gateways: Gateways): void;
  /** Lets running requests end for a moment, then closes every connection. */
  close(): Promise<void>;
}

/** Gateways by the first segment of their URLs' path. */
export type Gateways = ReadonlyMap<string, Gateway>;

/** Where a server listens, and what it serves. */
export interface ServerOptions {
  readonly gateways: Gateways;
  /** Served at `/` and below `/_page`. @default none */
  readonly page?: Page | undefined;
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
}

/** Bytes of a payload that API Gateway accepts. */
const payloadLimit = 10 * 1024 * 1024;

/** Every API's URL, for Fastify's router: it must not decode, normalize or refuse what a caller sends. */
const apiRoute = "/api";

/** Milliseconds that running requests have when the server closes. */
const closingTime = 500;

/**
 * Starts an HTTP server for several APIs on one port: `/<first segment>/<stage>/<path>`. `/` is not an API's.
 * @throws UserError where it can't listen.
 */
export async function startServer({ gateways, page, host, port }: ServerOptions): Promise<GatewayServer> {
  let current = gateways;
  const server = createServer(() => current, page);
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  const address = server.server.address() as AddressInfo;
  return {
    origin: originOf(host, address.port),
    replace: (others) => {
      current = others;
    },
    close: () => closeSoon(server),
  };
}

function createServer(gateways: () => Gateways, page: Page | undefined): FastifyInstance {
  const server = Fastify({
    rewriteUrl: () => apiRoute,
    http: { maxHeaderSize: 64 * 1024 },
    forceCloseConnections: "idle",
    exposeHeadRoutes: false,
  });
  // Without a body in Fastify's eyes, no verb's payload is parsed or refused by content type.
  for (const verb of http.METHODS) server.addHttpMethod(verb, { hasBody: false, overrideExisting: true });
  server.all(apiRoute, (request, reply) => {
    reply.hijack();
    void serve(gateways(), page, request.raw, request.originalUrl, reply.raw);
  });
  return server;
}

async function serve(
  gateways: Gateways,
  page: Page | undefined,
  request: IncomingMessage,
  url: string,
  response: ServerResponse,
): Promise<void> {
  try {
    const { name, path, queryString } = splitUrl(url);
    const gateway = gateways.get(name);
    if (gateway === undefined) {
      if (page !== undefined && (name === pagePrefix || (name === "" && path === "/"))) {
        await page.serve(request, response, url);
        return;
      }
      send(response, unknownApi(name, gateways));
      return;
    }
    const body = await readPayload(request, payloadLimit);
    if (body === undefined) {
      send(response, payloadTooLarge);
      return;
    }
    const answer = await gateway.handle({
      method: request.method ?? "GET",
      path,
      queryString,
      headers: request.rawHeaders,
      body,
      sourceIp: request.socket.remoteAddress ?? "",
      protocol: `HTTP/${request.httpVersion}`,
    });
    send(response, answer);
  } catch {
    // The caller is gone, or the answer can't be written: there is nobody left to tell.
    response.destroy();
  }
}

function splitUrl(url: string): { name: string; path: string; queryString: string } {
  const mark = url.indexOf("?");
  const whole = mark === -1 ? url : url.slice(0, mark);
  const end = whole.indexOf("/", 1);
  return {
    name: end === -1 ? whole.slice(1) : whole.slice(1, end),
    path: end === -1 ? "/" : whole.slice(end),
    queryString: mark === -1 ? "" : url.slice(mark + 1),
  };
}

/** API Gateway answers this before anything else of an API counts. */
const payloadTooLarge: OutgoingResponse = {
  status: 413,
  headers: [["Content-Type", "text/plain"]],
  body: `HTTP content length exceeded ${payloadLimit} bytes.`,
};

function unknownApi(name: string, gateways: Gateways): OutgoingResponse {
  const message = `There is no API under /${name}; there are ${[...gateways.keys()].map((key) => `/${key}`).join(", ")}.`;
  return {
    status: 404,
    headers: [["Content-Type", "application/json"]],
    body: JSON.stringify({ message }),
  };
}

function send(response: ServerResponse, { status, headers, body }: OutgoingResponse): void {
  const raw: string[] = [];
  let ascii = true;
  for (const [name, value] of headers) {
    ascii &&= isAscii(value);
    raw.push(name, isAscii(value) ? value : Buffer.from(value, "utf8").toString("latin1"));
  }
  if (status >= 200 && status !== 204 && status !== 304) {
    raw.push("Content-Length", String(Buffer.byteLength(body)));
  }
  response.writeHead(status, raw);
  // Node sends a string and the headers in one write, all of it as UTF-8: for headers in Latin-1 that is wrong.
  response.end(ascii ? body : Buffer.from(body));
}

const beyondAscii = /[^\0-\x7f]/;

function isAscii(text: string): boolean {
  return !beyondAscii.test(text);
}

function originOf(host: string, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): UserError {
  const inUse = error.code === "EADDRINUSE";
  return new UserError({
    what: "port",
    wrong: inUse ? "is already in use" : `can't be listened on (${error.message})`,
    got: `${port} on ${host}`,
    allowed: "any free port, or 0 to have one chosen",
    mend: inUse ? "Stop what uses it, or choose another with --port" : "Choose others with --port and --host",
    cause: error,
  });
}

async function closeSoon(server: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => {
    server.server.closeAllConnections();
  }, closingTime);
  await server.close();
  clearTimeout(timer);
}

import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { Connection, type Serve } from "./connection";
import type { Gateway } from "../apigateway/gateway";
import { listenError } from "./listen-error";
import { type Page, PAGE_PREFIX } from "./page/page";
import { readPayload } from "./read-payload";
import type { OutgoingResponse } from "../apigateway/response";

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
  /** Milliseconds in which a request must have come whole, and in which something of an answer must be taken. @default 30,000 */
  readonly patience?: number | undefined;
}

/** Bytes of a payload that API Gateway accepts. */
const payloadLimit = 10 * 1024 * 1024;

/** Bytes of request line and headers that are read at all; API Gateway's own, smaller limit is the API's to tell. */
const headerLimit = 64 * 1024;

/** Milliseconds that running requests have when the server closes. */
const CLOSING_TIME = 500;

/**
 * Starts an HTTP server for several APIs on one port: `/<first segment>/<stage>/<path>`. `/` is not an API's.
 * @throws UserError where it can't listen.
 */
export async function startServer({
  gateways,
  page,
  host,
  port,
  patience = 30_000,
}: ServerOptions): Promise<GatewayServer> {
  let current = gateways;
  const server = createServer(patience, (request, response, connection) => {
    void serve(current, page, request, response, connection);
  });
  try {
    await once(server.listen({ host, port }), "listening");
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, { host, port });
  }
  return {
    origin: originOf(host, (server.address() as AddressInfo).port),
    replace: (others) => {
      current = others;
    },
    close: () => closeSoon(server),
  };
}

/**
 * How long API Gateway waits for a slow caller is not recorded: nothing hangs for ever. Node.js would drop a caller that
 * has ended its side (`httpAllowHalfOpen`) without the answer to what it sent.
 */
function createServer(patience: number, serve: Serve): http.Server {
  const server = http.createServer({
    maxHeaderSize: headerLimit,
    requireHostHeader: false,
    headersTimeout: patience,
    requestTimeout: patience,
    connectionsCheckingInterval: Math.min(patience / 4, 1000),
    keepAliveTimeout: 72_000,
  });
  Object.assign(server, {
    httpAllowHalfOpen: true,
    timeout: 2 * patience,
    maxConnections: 4000,
    // Node.js would leave out what comes behind 2,000 headers without a word.
    maxHeadersCount: 0,
  });
  const connections = new WeakMap<Socket, Connection>();
  const connectionOf = (socket: Socket) => connections.get(socket) ?? new Connection(socket);
  server.on("connection", (socket: Socket) => connections.set(socket, new Connection(socket)));
  server.on("timeout", (socket: Socket) => {
    connectionOf(socket).onTimeout();
  });
  server.on("request", (request, response) => {
    const connection = connectionOf(request.socket);
    const status = refusalOfHead(request);
    if (status === undefined) connection.take(request, response, serve);
    else connection.refuse(rawAnswer(status));
  });
  server.on("checkExpectation", (request, response) => {
    connectionOf(request.socket).take(request, response, failExpectation);
  });
  server.on("connect", (request: IncomingMessage) => {
    connectionOf(request.socket).refuse(rawAnswer(400));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    // What comes behind a last request is nobody's.
    if (error.code === "HPE_CLOSED_CONNECTION") return;
    const status = refusalOf(error);
    if (status === undefined || socket.bytesRead === 0) socket.destroy();
    else connectionOf(socket).refuse(rawAnswer(status));
  });
  return server;
}

/** Status for what is no request, by Node.js's error; undefined where the connection itself failed. */
function refusalOf({ code = "" }: NodeJS.ErrnoException): number | undefined {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  if (code === "HPE_HEADER_OVERFLOW" || code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return 413;
  return code.startsWith("HPE_") ? 400 : undefined;
}

/** Status for what Node.js takes for a request and HTTP/1.1 does not. Not recorded on AWS. */
function refusalOfHead({ httpVersion, headers }: IncomingMessage): number | undefined {
  if (httpVersion !== "1.0" && httpVersion !== "1.1") return 505;
  return httpVersion === "1.1" && headers.host === undefined ? 400 : undefined;
}

async function serve(
  gateways: Gateways,
  page: Page | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
): Promise<void> {
  try {
    const url = originForm(request);
    if (page !== undefined && isOfPage(url, gateways)) await page.serve(request, response, url);
    else send(await answerOf(gateways, url, request), request, response, connection);
  } catch {
    // The caller is gone, or the answer can't be written: there is nobody left to tell.
    response.destroy();
  }
}

/** The path and the query of a request's target, which may be a whole URL too; the URL's host then counts as `Host`. */
function originForm(request: IncomingMessage): string {
  const { url = "/" } = request;
  const [start, host] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? [];
  if (start === undefined) return url;
  request.headers.host = host;
  const rest = url.slice(start.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function isOfPage(url: string, gateways: Gateways): boolean {
  const { name, path } = splitUrl(url);
  return !gateways.has(name) && (name === PAGE_PREFIX || (name === "" && path === "/"));
}

async function answerOf(
  gateways: Gateways,
  url: string,
  request: IncomingMessage,
): Promise<OutgoingResponse> {
  const body = await readPayload(request, payloadLimit);
  if (body === undefined) return PAYLOAD_TOO_LARGE;
  const { name, path, queryString } = splitUrl(url);
  const gateway = gateways.get(name);
  if (!url.startsWith("/") || gateway === undefined) return unknownApi(name, gateways);
  return gateway.handle({
    method: request.method ?? "GET",
    path,
    queryString,
    headers: request.rawHeaders,
    body,
    sourceIp: request.socket.remoteAddress ?? "",
    protocol: `HTTP/${request.httpVersion}`,
  });
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
const PAYLOAD_TOO_LARGE: OutgoingResponse = {
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

const EXPECTATION_FAILED: OutgoingResponse = { status: 417, headers: [], body: "" };

const failExpectation: Serve = (request, response, connection) => {
  send(EXPECTATION_FAILED, request, response, connection);
};

/** An answer to a request that is still coming ends the connection. */
function send(
  { status, headers, body }: OutgoingResponse,
  request: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
): void {
  const raw: string[] = [];
  let ascii = true;
  for (const [name, value] of headers) {
    ascii &&= isAscii(value);
    raw.push(name, isAscii(value) ? value : Buffer.from(value, "utf8").toString("latin1"));
  }
  if (status >= 200 && status !== 204 && status !== 304) {
    raw.push("Content-Length", String(Buffer.byteLength(body)));
  }
  if (!request.complete) raw.push("Connection", "close");
  response.writeHead(status, raw);
  // Node sends a string and the headers in one write, all of it as UTF-8: for headers in Latin-1 that is wrong.
  const bytes = ascii ? body : Buffer.from(body);
  if (request.complete) {
    response.end(bytes);
  } else {
    response.write(bytes);
    connection.hangUp();
  }
}

/** The answer to what is no request at all. */
function rawAnswer(status: number): string {
  const message = status === 413 ? "Request Too Long" : http.STATUS_CODES[status];
  const body = JSON.stringify({ message });
  return [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ""}`,
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}

const BEYOND_ASCII = /[^\0-\x7f]/;

function isAscii(text: string): boolean {
  return !BEYOND_ASCII.test(text);
}

function originOf(host: string, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

async function closeSoon(server: http.Server): Promise<void> {
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, CLOSING_TIME);
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}

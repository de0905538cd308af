import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { OutgoingResponse } from "../apigateway/response";
import { Connection, type Serve } from "./connection";

/** Bytes of request line and headers that are read at all; API Gateway's own, smaller limit is the API's to tell. */
const HEADER_LIMIT = 64 * 1024;

/**
 * A server that hands requests to `serve`, those of one caller one after the other, and refuses what is none.
 *
 * How long API Gateway waits for a slow caller is not recorded: nothing hangs for ever. Node.js would drop a caller that
 * has ended its side (`httpAllowHalfOpen`) without the answer to what it sent.
 */
export function createHttpServer(patience: number, serve: Serve): http.Server {
  const server = http.createServer({
    maxHeaderSize: HEADER_LIMIT,
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

const EXPECTATION_FAILED: OutgoingResponse = { status: 417, headers: [], body: "" };

const failExpectation: Serve = (request, response, connection) => {
  send(EXPECTATION_FAILED, request, response, connection);
};

/** An answer to a request that is still coming ends the connection. */
export function send(
  { status, headers, body }: OutgoingResponse,
  request: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
): void {
  const raw: string[] = [];
  let ascii = true;
  for (const [name, value] of headers) {
    if (isAscii(value)) {
      raw.push(name, value);
    } else {
      ascii = false;
      raw.push(name, Buffer.from(value, "utf8").toString("latin1"));
    }
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

const BEYOND_ASCII = /[^\0-\x7f]/;

function isAscii(text: string): boolean {
  return !BEYOND_ASCII.test(text);
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

/** Milliseconds that running requests have when the server closes. */
const CLOSING_TIME = 500;

/** Lets running requests end for a moment, then closes every connection. */
export async function closeSoon(server: http.Server): Promise<void> {
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, CLOSING_TIME);
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}

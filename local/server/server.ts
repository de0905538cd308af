import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Gateway } from "../apigateway/gateway";
import type { OutgoingResponse } from "../apigateway/response";
import type { Connection } from "./connection";
import { CustomDomain } from "./custom-domain";
import { closeSoon, createHttpServer, send } from "./http-server";
import { type ListenAddress, listenError } from "./listen-error";
import { DOCUMENTS, type Page, PAGE_PREFIX } from "./page/page";
import { readPayload } from "./read-payload";

/** A running HTTP server. */
export interface GatewayServer {
  /** Such as `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** Puts other gateways in the place of the ones so far; requests under way end with the old ones. */
  replace(gateways: Gateways): void;
  /** Lets running requests end for a moment, then closes every connection. */
  close(): Promise<void>;
}

/** Gateways by the first segment of their URLs' path; custom domains by their names, which may be that, or a request's `Host`. */
export type Gateways = ReadonlyMap<string, Gateway | CustomDomain>;

/** Where a server listens, and what it serves. */
export interface ServerOptions extends ListenAddress {
  readonly gateways: Gateways;
  /** Served at `/` and below `/_page`. @default none */
  readonly page?: Page | undefined;
  /** Milliseconds in which a request must have come whole, and in which something of an answer must be taken. @default 30,000 */
  readonly patience?: number | undefined;
}

/** Bytes of a payload that API Gateway accepts. */
const PAYLOAD_LIMIT = 10 * 1024 * 1024;

/**
 * Starts an HTTP server for several APIs on one port: `/<first segment>/<stage>/<path>`. `/` is not an API's, unless the request's
 * `Host` is a custom domain's.
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
  const server = createHttpServer(patience, (request, response, connection) => {
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

async function serve(
  gateways: Gateways,
  page: Page | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
): Promise<void> {
  try {
    const url = originForm(request);
    if (page !== undefined && isOfPage(url, request, gateways)) {
      await page.serve(request, response, url);
    } else {
      const payload = await readPayload(request, PAYLOAD_LIMIT);
      send(await answerTo(gateways, url, request, payload), request, response, connection);
    }
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

function isOfPage(url: string, request: IncomingMessage, gateways: Gateways): boolean {
  const { name, path } = splitUrl(url);
  if (gateways.has(name) || domainOf(request, gateways) !== undefined) return false;
  return name === PAGE_PREFIX || (path === "/" && (name === "" || Object.hasOwn(DOCUMENTS, name)));
}

/** @param body undefined where it is too long */
function answerTo(
  gateways: Gateways,
  url: string,
  request: IncomingMessage,
  body: Buffer | undefined,
): Promise<OutgoingResponse> | OutgoingResponse {
  if (body === undefined) return PAYLOAD_TOO_LARGE;
  const { name, path, whole, queryString } = splitUrl(url);
  const domain = domainOf(request, gateways);
  const gateway = domain ?? gateways.get(name);
  if (!url.startsWith("/") || gateway === undefined) return unknownApi(name, gateways);
  return gateway.handle({
    method: request.method ?? "GET",
    path: domain === undefined ? path : whole,
    sentPath: whole,
    queryString,
    headers: request.rawHeaders,
    body,
    sourceIp: sourceIp(request),
    protocol: `HTTP/${request.httpVersion}`,
  });
}

/** The custom domain that a request names as its `Host`. */
function domainOf({ headers }: IncomingMessage, gateways: Gateways): CustomDomain | undefined {
  const named = gateways.get((headers.host ?? "").replace(/:\d+$/, "").toLowerCase());
  return named instanceof CustomDomain ? named : undefined;
}

/** The caller's address as AWS has it: IPv4 as it is where the server listens on IPv6 too, and no zone. */
function sourceIp({ socket: { remoteAddress = "" } }: IncomingMessage): string {
  if (!remoteAddress.includes(":")) return remoteAddress;
  return remoteAddress.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
}

/** A URL's path; its first segment, which names the API, and the rest of it. */
function splitUrl(url: string): Record<"name" | "path" | "whole" | "queryString", string> {
  const mark = url.indexOf("?");
  const whole = mark === -1 ? url : url.slice(0, mark);
  const end = whole.indexOf("/", 1);
  return {
    name: end === -1 ? whole.slice(1) : whole.slice(1, end),
    path: end === -1 ? "/" : whole.slice(end),
    whole,
    queryString: mark === -1 ? "" : url.slice(mark + 1),
  };
}

/** API Gateway answers this before anything else of an API counts. */
const PAYLOAD_TOO_LARGE: OutgoingResponse = {
  status: 413,
  headers: [["Content-Type", "text/plain"]],
  body: `HTTP content length exceeded ${PAYLOAD_LIMIT} bytes.`,
};

function unknownApi(name: string, gateways: Gateways): OutgoingResponse {
  const message = `There is no API under /${name}; there are ${[...gateways.keys()].map((key) => `/${key}`).join(", ")}.`;
  return {
    status: 404,
    headers: [["Content-Type", "application/json"]],
    body: JSON.stringify({ message }),
  };
}

function originOf(host: string, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

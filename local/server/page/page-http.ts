import { readFileSync, readdirSync } from "node:fs";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import path from "node:path";
import { isOwnHost } from "../../sqs/own-host";

/** Sent by the page's own script; a form or a script of another site can't send it without a preflight, which fails. */
const PAGE_HEADER = "x-queue-leveling-page";

/**
 * Why a request to the page is not from the page itself, if so: another site's form or script shows in `Host`, in
 * `Origin` or lacks the page's own header.
 * @param host the address that the gateway was told to listen on
 */
export function refuseForeign(
  headers: IncomingHttpHeaders,
  host: string,
  kind: "document" | "read" | "change",
): string | undefined {
  if (!isOwnHost(headers.host, host)) return "The page is served on this machine's own names only.";
  if (kind === "document") return undefined;
  const { origin, "sec-fetch-site": site } = headers;
  if (origin !== undefined && origin !== `http://${headers.host ?? ""}`) return FOREIGN;
  if (site !== undefined && site !== "same-origin" && site !== "none") return FOREIGN;
  if (kind === "change" && headers[PAGE_HEADER] !== "1") return FOREIGN;
  return undefined;
}

const FOREIGN = "Only the page itself may ask this.";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Reads the page's files once, by the URL path that serves each: only these paths exist, whatever a URL spells. */
export function readPageFiles() {
  const folder = path.join(__dirname, "assets");
  return new Map(
    readdirSync(folder).map((name) => [
      name === "index.html" ? "/" : `/_page/${name}`,
      {
        contentType: CONTENT_TYPES[path.extname(name)] ?? "application/octet-stream",
        content: readFileSync(path.join(folder, name)),
      },
    ]),
  );
}

/** Nothing but the page's own files runs or is loaded in it, and no other site shows it in a frame. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Answers with this. */
export function send(response: ServerResponse, status: number, contentType: string, content: Buffer): void {
  response.writeHead(status, {
    "Content-Type": contentType,
    "Content-Length": content.length,
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(response.req.method === "HEAD" ? undefined : content);
}

/** Answers with this as JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, "application/json", Buffer.from(JSON.stringify(value)));
}

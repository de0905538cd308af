import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/** Sent by the page's own script; a form or a script of another site can't send it without a preflight, which fails. */
export const pageHeader = "x-queue-leveling-page";

/**
 * Why a request to the page is not from the page itself, if so. A name that another site made point to this machine
 * (DNS rebinding) shows in `Host`; another site's form or script shows in `Origin` or lacks the page's own header.
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
  if (origin !== undefined && origin !== `http://${headers.host ?? ""}`) return foreign;
  if (site !== undefined && site !== "same-origin" && site !== "none") return foreign;
  if (kind === "change" && headers[pageHeader] !== "1") return foreign;
  return undefined;
}

const foreign = "Only the page itself may ask this.";

function isOwnHost(header: string | undefined, host: string): boolean {
  const name = /^(\[[\da-f:.]+\]|[^:[\]]+)(?::\d+)?$/i.exec(header ?? "")?.[1]?.toLowerCase();
  if (name === undefined) return false;
  const bare = name.replace(/^\[|\]$/g, "");
  if (isLoopback(bare) || bare === host.toLowerCase()) return true;
  // On all addresses, each of them is the gateway's; only names can be made to point elsewhere.
  return (host === "0.0.0.0" || host === "::") && isIP(bare) !== 0;
}

/** Whether this machine alone reaches what listens there. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|::1)$/i.test(host);
}

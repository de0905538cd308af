import type { IncomingHttpHeaders } from "node:http";
import { isOwnHost } from "../../sqs/own-host";

/** Sent by the page's own script; a form or a script of another site can't send it without a preflight, which fails. */
export const PAGE_HEADER = "x-queue-leveling-page";

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

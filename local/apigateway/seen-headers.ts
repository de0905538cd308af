import type { MultiValues } from "./multi-values";
import { parseHeaders } from "./parse-headers";
import type { ReceivedRequest } from "./received-request";

const ADDED: ReadonlySet<string> = new Set([
  "host",
  "x-amzn-trace-id",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

/**
 * The caller's headers and those that API Gateway adds; the caller's own `X-Forwarded-For` is kept in front of its
 * address. `Host`, port and scheme are those that a caller has on AWS, as `$context.domainName` is: not this machine's.
 * Left out: what CloudFront adds in front of edge-optimized APIs. That a caller's own `X-Forwarded-Port` and `-Proto`
 * are replaced has no recording.
 */
export function seenHeaders({
  incoming,
  context,
  traceId,
}: Pick<ReceivedRequest, "incoming" | "context" | "traceId">): MultiValues {
  const pairs: string[] = [];
  const addresses: string[] = [];
  for (let index = 0; index + 1 < incoming.headers.length; index += 2) {
    const [name = "", value = ""] = incoming.headers.slice(index, index + 2);
    const lowerCase = name.toLowerCase();
    if (lowerCase === "x-forwarded-for" && value !== "") addresses.push(value);
    if (!ADDED.has(lowerCase)) pairs.push(name, value);
  }
  addresses.push(incoming.sourceIp);
  pairs.push("Host", context.domainName, "X-Amzn-Trace-Id", traceId);
  pairs.push(
    "X-Forwarded-For",
    addresses.join(", "),
    "X-Forwarded-Port",
    "443",
    "X-Forwarded-Proto",
    "https",
  );
  return parseHeaders(pairs);
}

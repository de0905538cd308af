import { isIP } from "node:net";

/**
 * Whether a `Host` header names this machine: a server for its own user answers nothing else, since a name that another
 * site made point here (DNS rebinding) would lend that site's scripts its answers.
 * @param host the address that the server was told to listen on
 */
export function isOwnHost(header: string | undefined, host: string): boolean {
  const name = /^(\[[\da-f:.]+\]|[^:[\]]+)(?::\d+)?$/i.exec(header ?? "")?.[1]?.toLowerCase();
  if (name === undefined) return false;
  const bare = name.replace(/^\[|\]$/g, "");
  if (isLoopback(bare) || bare === host.toLowerCase()) return true;
  // On all addresses, each of them is the server's; only names can be made to point elsewhere.
  return (host === "0.0.0.0" || host === "::") && isIP(bare) !== 0;
}

/** Whether this machine alone reaches what listens there. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|::1)$/i.test(host) || (host.startsWith("127.") && isIP(host) !== 0);
}

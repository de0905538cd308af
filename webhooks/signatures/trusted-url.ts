/** Where a URL may point to that a stranger wrote. */
export interface TrustedPlace {
  readonly host: RegExp;
  /** There is no query then: each one would be fetched, and kept, anew. */
  readonly path?: RegExp;
  /** Beside 443. */
  readonly port?: string;
}

/** The URL, where it is https of that place and of nothing else; else undefined. Credentials in it are refused, too. */
export function trustedUrl(text: string, { host, path, port }: TrustedPlace): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isTrusted =
    url.protocol === "https:" &&
    host.test(url.hostname) &&
    (url.port === "" || url.port === port) &&
    (path === undefined || (path.test(url.pathname) && url.search === "")) &&
    url.username + url.password === "";
  return isTrusted ? url : undefined;
}

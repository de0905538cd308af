import { VerificationError } from "./verification-error";

/** `fetch`, or what stands for it. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** So long a host may take that a message names. */
const TIME_LIMIT_MILLISECONDS = 10_000;

/** Certificates that were fetched, by what fetched them. */
const CERTIFICATES = new WeakMap<Fetch, Map<string, string>>();

/**
 * GETs a URL that was checked. No redirect is followed, since it could lead anywhere.
 * @throws VerificationError
 */
export async function fetchTrusted(url: URL, fetch: Fetch): Promise<string> {
  try {
    const signal = AbortSignal.timeout(TIME_LIMIT_MILLISECONDS);
    const response = await fetch(url, { redirect: "error", signal });
    if (!response.ok) throw new Error(`its answer was ${response.status}`);
    return await response.text();
  } catch (cause) {
    const mend = "Let the consumer reach it, and leave the message in the queue.";
    throw new VerificationError("unreachable", { where: url.host, wrong: "gave no answer", mend }, { cause });
  }
}

/** A certificate (PEM), fetched once. */
export async function certificate(url: URL, fetch: Fetch): Promise<string> {
  const known = CERTIFICATES.get(fetch) ?? new Map<string, string>();
  CERTIFICATES.set(fetch, known);
  const pem = known.get(url.href) ?? (await fetchTrusted(url, fetch));
  known.set(url.href, pem);
  return pem;
}

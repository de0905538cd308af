import type { Signature } from "../sender";

/** Does a signature cover the URL, with its query, that the sender was given? Then the consumer has to know it. */
export function signsUrl(signature: Signature): boolean {
  if (signature.kind === "hmac") return signature.signed.includes("{url}");
  return signature.kind === "own" && signature.signsUrl === true;
}

import { createHash, createHmac } from "node:crypto";
import type { OwnScheme } from "./scheme";

const HEADER = "X-Twilio-Signature";

/**
 * Twilio signs the URL with its query and, of a form, each name and value, sorted by name. Of JSON it signs the URL alone, to whose query
 * it adds the body's hash.
 * @see https://www.twilio.com/docs/usage/security
 */
export const TWILIO: OwnScheme = {
  sign({ headers, body, url = "" }, { secret }) {
    const isForm = !isJson(headers["Content-Type"]);
    const signedUrl = isForm ? url : withBodyHash(url, body);
    const signed = isForm ? signedUrl + sortedPairs(body) : signedUrl;
    const signature = createHmac("sha1", secret).update(signed).digest("base64");
    return { headers: { ...headers, [HEADER]: signature }, body, url: signedUrl };
  },
  isPresent: ({ header }) => header(HEADER) !== undefined,
};

function isJson(contentType = ""): boolean {
  return contentType.startsWith("application/json");
}

function withBodyHash(url: string, body: string): string {
  const hash = createHash("sha256").update(body).digest("hex");
  return `${url}${url.includes("?") ? "&" : "?"}bodySHA256=${hash}`;
}

/** A name that comes twice has its values sorted, each once. */
function sortedPairs(form: string): string {
  const pairs = new URLSearchParams(form);
  const names = [...new Set(pairs.keys())].sort();
  return names
    .flatMap((name) => [...new Set(pairs.getAll(name))].sort().map((value) => name + value))
    .join("");
}

import { createHmac } from "node:crypto";
import { isSame } from "./is-same";
import type { Delivery, OwnScheme } from "./scheme";
import { timestampOf } from "./timestamp";

/** Of the seconds since 1970, until 2286. */
const SECONDS_DIGITS = 10;

interface Signature {
  readonly timestamp: string;
  readonly token: string;
  readonly signature: string;
}

/**
 * Mailgun signs a timestamp and a token, which stand in the body beside the signature: of events in JSON's `signature`, of inbound mail
 * in the form. What else is in the body is not signed.
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
 */
export const MAILGUN: OwnScheme = {
  sign({ headers, body, url }, { secret, timestamp: milliseconds, id: token }) {
    const timestamp = String(Math.floor(milliseconds / 1000));
    const signature = { timestamp, token, signature: hmacOf(timestamp, token, secret) };
    return {
      headers,
      url,
      body: isForm(headers["Content-Type"]) ? inForm(body, signature) : inJson(body, signature),
    };
  },
  isPresent: (delivery) => signatureOf(delivery) !== undefined,
  isGenuine(delivery, secret) {
    const { timestamp = "", token = "", signature = "" } = signatureOf(delivery) ?? {};
    return isSame(signature, hmacOf(timestamp, token, secret));
  },
  id: (delivery) => signatureOf(delivery)?.token,
  timestamp(delivery) {
    const { timestamp = "" } = signatureOf(delivery) ?? {};
    // The token begins right behind it: with a digit of one in the other, the signature would be right for another id.
    return timestamp.length === SECONDS_DIGITS ? timestampOf(timestamp) : NaN;
  },
};

function hmacOf(timestamp: string, token: string, secret: string): string {
  return createHmac("sha256", secret)
    .update(timestamp + token)
    .digest("hex");
}

function isForm(contentType = ""): boolean {
  return contentType.startsWith("application/x-www-form-urlencoded");
}

function inJson(body: string, signature: Signature): string {
  return JSON.stringify({ signature, ...without(JSON.parse(body) as object) });
}

function without(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== "signature"));
}

function inForm(body: string, signature: Signature): string {
  const form = new URLSearchParams(body);
  for (const [name, value] of Object.entries(signature) as [string, string][]) form.set(name, value);
  return form.toString();
}

function signatureOf({ text, json }: Delivery): Signature | undefined {
  const given = text.trimStart().startsWith("{")
    ? ((json() ?? {}) as { signature?: Partial<Record<keyof Signature, unknown>> | null }).signature
    : Object.fromEntries(new URLSearchParams(text));
  const { timestamp, token, signature } = given ?? {};
  const all = [timestamp, token, signature];
  return all.every((each) => typeof each === "string") ? (given as unknown as Signature) : undefined;
}

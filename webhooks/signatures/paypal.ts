import { createSign, createVerify } from "node:crypto";
import { crc32 } from "./crc32";
import type { OwnScheme } from "./scheme";
import { timestampText } from "./timestamp";
import { type TrustedPlace, trustedUrl } from "./trusted-url";

const CERT_URL = "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270";

/** The hosts of PayPal's certificates, live and sandbox. */
const CERTIFICATES: TrustedPlace = {
  host: /^api(-m)?(\.sandbox)?\.paypal\.com$/,
  path: /^\/v1\/notifications\/certs\//,
};

/**
 * PayPal signs by RSA its id and time of the transmission, the webhook's id, which is the consumer's secret here, and the body's
 * CRC-32. The certificate is fetched by the URL in a header, from PayPal alone.
 * @see https://developer.paypal.com/api/rest/webhooks/rest/
 */
export const PAYPAL: OwnScheme = {
  keyType: "rsa",
  sign({ headers, body, url }, { secret, privateKey = "", id, timestamp }) {
    const time = timestampText(timestamp, "iso8601");
    const signature = createSign("sha256")
      .update(signedText(id, time, secret, body))
      .sign(privateKey, "base64");
    const signed = {
      "PAYPAL-TRANSMISSION-ID": id,
      "PAYPAL-TRANSMISSION-TIME": time,
      "PAYPAL-TRANSMISSION-SIG": signature,
      "PAYPAL-CERT-URL": CERT_URL,
      "PAYPAL-AUTH-ALGO": "SHA256withRSA",
    };
    return { headers: { ...headers, ...signed }, body, url };
  },
  isPresent: ({ header }) =>
    ["ID", "TIME", "SIG"].every((name) => header(`PAYPAL-TRANSMISSION-${name}`) !== undefined) &&
    header("PAYPAL-CERT-URL") !== undefined,
  async isGenuine({ header, bytes, certificate }, secret) {
    const url = trustedUrl(header("PAYPAL-CERT-URL") ?? "", CERTIFICATES);
    if (url === undefined) return false;
    const [id = "", time = "", signature = ""] = ["ID", "TIME", "SIG"].map((name) =>
      header(`PAYPAL-TRANSMISSION-${name}`),
    );
    const verify = createVerify("sha256").update(signedText(id, time, secret, bytes));
    return verify.verify(await certificate(url), signature, "base64");
  },
  timestamp: ({ header }) => Date.parse(header("PAYPAL-TRANSMISSION-TIME") ?? ""),
};

function signedText(id: string, time: string, webhookId: string, body: string | Uint8Array): string {
  return `${id}|${time}|${webhookId}|${crc32(body)}`;
}

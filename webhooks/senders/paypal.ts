import type { Sender } from "../sender";

export const PAYPAL: Sender = {
  title: "PayPal",
  documentation: "https://developer.paypal.com/api/rest/webhooks/rest/",
  contentTypes: ["application/json"],
  forwardHeaders: [
    "PAYPAL-TRANSMISSION-ID",
    "PAYPAL-TRANSMISSION-TIME",
    "PAYPAL-TRANSMISSION-SIG",
    "PAYPAL-CERT-URL",
    "PAYPAL-AUTH-ALGO",
  ],
  messageDeduplicationId: { jsonPath: "$.id" },
  signatures: [
    {
      kind: "own",
      name: "paypal",
      told: "base64 RSA-SHA256 of transmission id, time, webhook id and the body's CRC-32, joined by `|`, with the certificate at PAYPAL-CERT-URL",
      headers: [
        "PAYPAL-TRANSMISSION-ID",
        "PAYPAL-TRANSMISSION-TIME",
        "PAYPAL-TRANSMISSION-SIG",
        "PAYPAL-CERT-URL",
        "PAYPAL-AUTH-ALGO",
      ],
    },
  ],
  credentials: [],
  sample:
    '{"id": "WH-2WR32451HC0233532-67976317FL4543714", "event_type": "PAYMENT.SALE.COMPLETED", "resource": {"id": "80021663DE681814L"}}',
  notes: [
    "The secret is the webhook's id. Take a certificate only from PayPal's own hosts.",
    "It delivers to port 443 only, and tries again up to 25 times in 3 days.",
  ],
};

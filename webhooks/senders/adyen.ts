import type { Sender } from "../sender";

export const ADYEN: Sender = {
  title: "Adyen",
  documentation: "https://docs.adyen.com/development-resources/webhooks",
  contentTypes: ["application/json"],
  forwardHeaders: ["HmacSignature"],
  signatures: [
    {
      kind: "own",
      name: "adyen",
      told: "of each item of a payment's delivery: base64 HMAC-SHA256 of eight of its fields, joined by `:`, at `additionalData.hmacSignature`; the key is hex",
      headers: [],
    },
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      key: "hex",
      encoding: "base64",
      header: "HmacSignature",
    },
  ],
  library: "@adyen/api-library",
  timeLimitSeconds: 10,
  credentials: "authorization",
  sample:
    '{"live": "false", "notificationItems": [{"NotificationRequestItem": {"eventCode": "AUTHORISATION", "merchantAccountCode": "TestMerchant", "merchantReference": "TestPayment-1407325143704", "originalReference": "", "pspReference": "7914073381342284", "success": "true", "amount": {"currency": "EUR", "value": 1130}, "additionalData": {}}}]}',
  notes: [
    "A 2xx is enough. Older accounts want the text `[accepted]`: have it by the setting `response`.",
    "Payments are signed in the body, the other deliveries in the header.",
    "It sends basic credentials of yours where its webhook has them.",
  ],
};

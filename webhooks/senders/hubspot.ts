import type { Sender } from "../sender";

export const HUBSPOT: Sender = {
  title: "HubSpot",
  documentation:
    "https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-HubSpot-Signature-v3", "X-HubSpot-Request-Timestamp"],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{method}{url}{body}{timestamp}",
      encoding: "base64",
      header: "X-HubSpot-Signature-v3",
      timestampHeader: "X-HubSpot-Request-Timestamp",
      timestampUnit: "milliseconds",
      toleranceSeconds: 300,
    },
  ],
  library: "@hubspot/api-client",
  timeLimitSeconds: 5,
  credentials: [],
  sample:
    '[{"eventId": 1, "subscriptionId": 12345, "portalId": 62515, "subscriptionType": "contact.creation", "attemptNumber": 0, "objectId": 123}]',
  notes: [
    "HubSpot decodes some percent codes of the URL before it signs: register a URL without any.",
    "A delivery has many events; HubSpot does not promise that an `eventId` is unique.",
    "A workflow's webhook waits 30 seconds, and does not repeat what was answered 4xx.",
  ],
};

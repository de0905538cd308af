/** A sender whose deliveries can't be had without a function of its own. */
export interface RefusedSender {
  readonly title: string;
  readonly documentation: string;
  /** Why, following its name: `wants …`. */
  readonly reason: string;
  /** What to do instead, a sentence. */
  readonly instead: string;
}

const X: RefusedSender = {
  title: "X, Account Activity API",
  documentation: "https://docs.x.com/x-api/webhooks/introduction",
  reason:
    "wants the HMAC of `crc_token` in the answer, at registration and every day, which no mapping template can calculate",
  instead: "Put a Lambda function of yours on GET of the same path, that answers with `response_token`.",
};

const REMOTE_WRITE: RefusedSender = {
  title: "Prometheus remote write",
  documentation: "https://prometheus.io/docs/specs/prw/remote_write_spec/",
  reason: "packs its bodies with snappy, which API Gateway answers with 415",
  instead:
    "Write to Amazon Managed Service for Prometheus, or to a receiver of yours that sends to the queue. Prometheus's alerts come from the sender `alertmanager`.",
};

/** Senders that synthesis refuses, by the names that somebody would write in the setting `webhook`. */
export const REFUSED_SENDERS: Readonly<Record<string, RefusedSender>> = {
  zoom: {
    title: "Zoom",
    documentation: "https://developers.zoom.us/docs/api/webhooks/",
    reason:
      "wants the HMAC of a token in the answer, at registration and every 72 hours, which no mapping template can calculate",
    instead: "Put a Lambda function of yours before the queue that answers `endpoint.url_validation`.",
  },
  x: X,
  twitter: X,
  discord: {
    title: "Discord",
    documentation: "https://discord.com/developers/docs/events/webhook-events",
    reason:
      "sends requests with a wrong signature, and wants 401 for them, at registration and later, and no authorizer sees the body that is signed",
    instead:
      "Put a Lambda function of yours before the queue that checks `X-Signature-Ed25519`; or have a bot read events from Discord's gateway.",
  },
  xero: {
    title: "Xero",
    documentation: "https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/",
    reason:
      "sends requests with a wrong signature, and wants 401 for them, at registration and later, and no authorizer sees the body that is signed",
    instead: "Put a Lambda function of yours before the queue that checks `x-xero-signature`.",
  },
  "prometheus-remote-write": REMOTE_WRITE,
  "remote-write": REMOTE_WRITE,
  prometheus: REMOTE_WRITE,
};

/** A sender whose deliveries can't be had without a function of its own. */
export interface RefusedSender {
  readonly title: string;
  readonly documentation: string;
  /** Why, following its name: `wants …`. */
  readonly reason: string;
  /** What to do instead, a sentence. */
  readonly instead: string;
}

/** Senders that synthesis refuses, by the name that somebody would write in the setting `webhook`. */
export const REFUSED_SENDERS: Readonly<Record<string, RefusedSender>> = {
  zoom: {
    title: "Zoom",
    documentation: "https://developers.zoom.us/docs/api/webhooks/",
    reason:
      "wants the HMAC of a token in the answer, at registration and every 72 hours, which no mapping template can calculate",
    instead: "Put a Lambda function of yours before the queue that answers `endpoint.url_validation`.",
  },
};

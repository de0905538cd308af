import type { Sender } from "../sender";

export const EVENT_GRID: Sender = {
  title: "Azure Event Grid, own schema",
  documentation: "https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema",
  contentTypes: ["application/json"],
  forwardHeaders: ["aeg-event-type", "aeg-subscription-name", "aeg-delivery-count"],
  handshakes: [
    {
      kind: "consumer",
      told: "The message whose attribute `aeg-event-type` is `SubscriptionValidation` has a `validationUrl` at `$[0].data`, which the consumer opens within 10 minutes.",
    },
  ],
  signatures: [],
  instead:
    "It sends headers of yours, which can be secret, or a token of Microsoft Entra: protect the API with one of them.",
  timeLimitSeconds: 30,
  credentials: "any-header",
  sample:
    '[{"id": "831e1650-001e-001b-66ab-eeb76e069631", "topic": "/subscriptions/1", "subject": "/blobServices/default", "eventType": "Microsoft.Storage.BlobCreated", "eventTime": "2017-06-26T18:41:00.9584103Z", "data": {}, "dataVersion": ""}]',
  notes: [
    "Validation wants 200, and nothing else: keep `response` at 200.",
    "A delivery may have several events, each with an `id`.",
    "With the CloudEvents schema it is the sender `cloudevents`, whose handshake needs no consumer.",
  ],
};

import type { Sender } from "../sender";

export const POSTMARK: Sender = {
  title: "Postmark",
  documentation: "https://postmarkapp.com/developer/webhooks/webhooks-overview",
  contentTypes: ["application/json"],
  forwardHeaders: [],
  signatures: [],
  instead:
    "It sends basic credentials of the URL, or headers of yours: protect the API with an authorizer or `secret_header`.",
  credentials: "any-header",
  sample:
    '{"RecordType": "Delivery", "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "Recipient": "ann@example.com", "DeliveredAt": "2019-11-05T16:33:54.9070259Z"}',
  notes: ["Only 200 is sure to count: keep `response` at 200."],
};

import type { Sender } from "../sender";

export const CLOUDEVENTS: Sender = {
  title: "CloudEvents webhooks: Azure Event Grid and others",
  documentation: "https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md",
  contentTypes: ["application/cloudevents+json", "application/cloudevents-batch+json", "application/json"],
  forwardHeaders: ["ce-id", "ce-source", "ce-type", "ce-specversion", "ce-time", "ce-subject"],
  handshakes: [
    {
      kind: "constant",
      verb: "OPTIONS",
      headers: { "WebHook-Allowed-Origin": "*", "WebHook-Allowed-Rate": "*", Allow: "POST" },
    },
  ],
  signatures: [],
  instead: "Senders authenticate by a bearer token in `Authorization`: protect the API with an authorizer.",
  credentials: "authorization",
  sample:
    '{"specversion": "1.0", "type": "com.example.shop.ordered", "source": "/shop", "id": "A234-1234-1234", "time": "2018-04-05T17:31:00Z", "datacontenttype": "application/json", "data": {}}',
  notes: [
    "The attributes `ce-…` are those of binary mode; in structured mode they are in the body. An id is unique with its source only, so a FIFO queue gets no deduplication id from it.",
    "Every origin may send: whoever asks by OPTIONS is told so. Who really may is decided by the credentials.",
    "In binary mode a body has its own content type: add it to `content_types`.",
  ],
};

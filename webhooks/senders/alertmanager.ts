import type { Sender } from "../sender";

export const ALERTMANAGER: Sender = {
  title: "Prometheus Alertmanager",
  documentation: "https://prometheus.io/docs/alerting/latest/configuration/#webhook_config",
  contentTypes: ["application/json"],
  forwardHeaders: [],
  signatures: [],
  instead:
    "Its `http_config` sends basic, bearer or OAuth credentials: protect the API with an authorizer or `secret_header`.",
  is4xxFinal: true,
  credentials: "authorization",
  sample:
    '{"version": "4", "groupKey": "{}:{alertname=\\"Down\\"}", "status": "firing", "receiver": "webhook", "alerts": []}',
  notes: [
    "Only 5xx and no answer are retried.",
    "`groupKey` names the group of alerts and not the delivery: it can be the `message_group_id`, no deduplication id.",
  ],
};

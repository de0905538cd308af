import type { Sender } from "../sender";

export const INTUIT: Sender = {
  title: "Intuit QuickBooks",
  documentation: "https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks",
  contentTypes: ["application/json", "application/cloudevents+json", "application/cloudevents-batch+json"],
  forwardHeaders: ["intuit-signature"],
  signatures: [
    {
      kind: "hmac",
      hash: "sha256",
      signed: "{body}",
      encoding: "base64",
      header: "intuit-signature",
    },
  ],
  timeLimitSeconds: 3,
  credentials: [],
  sample:
    '[{"specversion": "1.0", "id": "88cd52aa-33b6-4351-9aa4-47572edbd068", "source": "intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=", "type": "qbo.account.created.v1", "datacontenttype": "application/json", "time": "2025-09-10T21:31:25.179851517Z", "intuitentityid": "1234", "intuitaccountid": "310687", "data": {}}]',
  notes: [
    "Since May 2026 a delivery is a list of CloudEvents; with which content type is not documented, so those of CloudEvents are taken, too.",
    "The key is the verifier token of the webhook. The time limit is not in its documentation.",
  ],
};

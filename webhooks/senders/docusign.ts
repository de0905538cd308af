import type { Sender } from "../sender";

export const DOCUSIGN: Sender = {
  title: "Docusign Connect",
  documentation: "https://developers.docusign.com/platform/webhooks/connect/",
  contentTypes: ["application/json", "text/xml"],
  forwardHeaders: ["X-DocuSign-Signature-1", "X-DocuSign-Signature-2"],
  signatures: ["X-DocuSign-Signature-1", "X-DocuSign-Signature-2"].map((header) => ({
    kind: "hmac",
    hash: "sha256",
    signed: "{body}",
    encoding: "base64",
    header,
  })),
  credentials: "authorization",
  sample:
    '{"event": "envelope-completed", "apiVersion": "v2.1", "data": {"accountId": "74830914", "envelopeId": "71a5c1d4"}}',
  notes: [
    "It sends a signature for each of its keys, in headers with a number at the end; more than two are to be named in `forward_headers`.",
    "With documents, a delivery is easily larger than a message may be: leave them out, and have the consumer fetch them.",
  ],
};

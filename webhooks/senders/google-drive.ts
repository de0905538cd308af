import type { Sender } from "../sender";

export const GOOGLE_DRIVE: Sender = {
  title: "Google Drive, Calendar and others, push channels",
  documentation: "https://developers.google.com/workspace/drive/api/guides/push",
  contentTypes: ["application/json"],
  forwardHeaders: [
    "X-Goog-Channel-ID",
    "X-Goog-Channel-Token",
    "X-Goog-Message-Number",
    "X-Goog-Resource-ID",
    "X-Goog-Resource-State",
    "X-Goog-Resource-URI",
    "X-Goog-Changed",
  ],
  signatures: [{ kind: "secret", header: "X-Goog-Channel-Token" }],
  is4xxFinal: true,
  credentials: ["X-Goog-Channel-Token"],
  sample: "{}",
  notes: [
    "The body is empty, and the message `{}`: all is in the headers.",
    "The first message of a channel has the resource state `sync`.",
    "A channel's id and the message's number tell deliveries apart, and no header has both. Whether a retry has the same number is not documented.",
  ],
};

import type { Sender } from "../sender";

export const DROPBOX_SIGN: Sender = {
  title: "Dropbox Sign",
  documentation: "https://developers.hellosign.com/docs/events/overview/",
  contentTypes: ["multipart/form-data"],
  forwardHeaders: ["Content-Type"],
  answer: { body: "Hello API Event Received", contentType: "text/plain" },
  signatures: [],
  instead:
    "Compare `event_hash`, in the form's field `json`, with the hex HMAC-SHA256 of `event_time` and `event_type`, whose key is your API key.",
  credentials: [],
  sample:
    '--b\r\nContent-Disposition: form-data; name="json"\r\n\r\n{"event": {"event_time": "1348177752", "event_type": "signature_request_sent"}}\r\n--b--\r\n',
  notes: [
    "The message has the form as base64; its boundary is in `Content-Type`.",
    "The answer's text is the one that it wants.",
  ],
};

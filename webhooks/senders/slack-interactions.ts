import type { Sender } from "../sender";
import { SLACK_SIGNATURE } from "./slack";

export const SLACK_INTERACTIONS: Sender = {
  title: "Slack, buttons and modals",
  documentation: "https://docs.slack.dev/interactivity/handling-user-interaction/",
  contentTypes: ["application/x-www-form-urlencoded"],
  forwardHeaders: ["X-Slack-Request-Timestamp", "X-Slack-Signature"],
  answer: { body: "", contentType: "text/plain" },
  signatures: [SLACK_SIGNATURE],
  library: "@slack/bolt",
  timeLimitSeconds: 3,
  credentials: [],
  sample:
    "payload=%7B%22type%22%3A%22block_actions%22%2C%22trigger_id%22%3A%2212466734323.1395872398%22%2C%22actions%22%3A%5B%5D%7D",
  notes: [
    "The form's one field, `payload`, is JSON.",
    "The answer is empty; an answer of the consumer's goes to `response_url`. Menus whose options are loaded from a URL can't be had: they want them in the answer.",
  ],
};

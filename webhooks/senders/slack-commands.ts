import type { Sender } from "../sender";
import { SLACK_SIGNATURE } from "./slack";

export const SLACK_COMMANDS: Sender = {
  title: "Slack, slash commands",
  documentation: "https://docs.slack.dev/interactivity/implementing-slash-commands/",
  contentTypes: ["application/x-www-form-urlencoded"],
  forwardHeaders: ["X-Slack-Request-Timestamp", "X-Slack-Signature"],
  answer: { body: "", contentType: "text/plain" },
  signatures: [SLACK_SIGNATURE],
  library: "@slack/bolt",
  timeLimitSeconds: 3,
  credentials: [],
  sample: "command=%2Fweather&text=94070&trigger_id=13345224609.738474920.8088930838d88f008e0",
  notes: [
    "The answer is empty, since Slack shows it to the user; an answer of the consumer's goes to `response_url`.",
    "Slack does not try again, and tells the user that the command failed.",
  ],
};

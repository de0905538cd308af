import type { Sender } from "../sender";

export const TELEGRAM: Sender = {
  title: "Telegram bots",
  documentation: "https://core.telegram.org/bots/api#setwebhook",
  contentTypes: ["application/json"],
  forwardHeaders: ["X-Telegram-Bot-Api-Secret-Token"],
  messageDeduplicationId: { jsonPath: "$.update_id" },
  signatures: [{ kind: "secret", header: "X-Telegram-Bot-Api-Secret-Token" }],
  answer: { body: "", contentType: "text/plain" },
  credentials: ["X-Telegram-Bot-Api-Secret-Token"],
  sample: '{"update_id": 10000, "message": {"message_id": 1365, "date": 1441645532, "text": "/start"}}',
  notes: [
    "The answer is empty, since Telegram takes JSON with a `method` for a call of the bot's.",
    "`$.update_id` counts by bot: on a FIFO queue give each bot a queue of its own (`own_queue`).",
    "Give `secret_token` to `setWebhook`. With it as `secret_header` the API refuses what has not got it, and the message need not have it.",
  ],
};

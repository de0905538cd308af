import type { Sender } from "./sender";
import { GITHUB } from "./senders/github";
import { META } from "./senders/meta";
import { SLACK } from "./senders/slack";

/** Every sender that the setting `webhook` knows, by the name that it has there. */
export const SENDERS: Readonly<Record<string, Sender>> = {
  github: GITHUB,
  meta: META,
  slack: SLACK,
};

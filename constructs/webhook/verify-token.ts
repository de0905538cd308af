import { Construct } from "constructs";
import { secretTrigger } from "../api/secret-trigger";
import { sendersOf } from "./sender-settings";
import type { Webhook } from "./webhook-settings";

/** Does a handshake of the senders compare a verify token? */
export function needsVerifyToken(webhook: Webhook): boolean {
  return sendersOf(webhook).some(({ handshakes = [] }) => handshakes.some((one) => "verifyToken" in one));
}

/** The token that handshakes compare. */
export interface VerifyToken {
  /** References to the sensitive variable. */
  readonly values: readonly string[];
  /** Changes with the value, and tells nothing of it. */
  readonly trigger: string;
}

/** The verify token of the senders, where one of them has such. */
export function addVerifyToken(
  scope: Construct,
  webhook: Webhook,
  value: string | undefined,
): VerifyToken | undefined {
  if (!needsVerifyToken(webhook)) return undefined;
  const values = value === undefined ? [] : [value];
  const own = new Construct(scope, "WebhookVerifyToken");
  return { values, trigger: secretTrigger(own, "webhookVerifyToken", values) };
}

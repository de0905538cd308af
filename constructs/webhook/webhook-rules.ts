import type { AuthorizationFacts } from "../authorizer/authorization";
import { API_RULES, type AroundApi } from "../api/api-rules";
import { ownMethodRule } from "../api/own-method-rule";
import type { METHOD_SETTINGS } from "../api/methods";
import { sendsApiKey } from "../api/usage-plan";
import type { Facts, Rule } from "../setting";
import { entrySettings, OVERRIDES } from "./entry-settings";
import { mockHandshakes } from "./handshake";
import { registrationOf } from "./registration";
import { isAskedForCredentials, senderOf } from "./sender-settings";
import { onlySender, sendersAtPaths, webhookEntries } from "./webhook-settings";

type Settings = typeof METHOD_SETTINGS;
type WebhookFacts = Facts<Settings, AroundApi>;

/** What has to hold between the senders of webhooks and the other settings. What protects a stack protects each path in it. */
export const WEBHOOK_RULES: readonly Rule<Settings, AroundApi>[] = [
  {
    setting: "webhook",
    isBroken: (facts) => shutOut(facts) !== undefined,
    anyValueIsWrong: true,
    wrong: (facts) => `has a sender that can't get in: ${shutOut(facts) ?? ""}`,
    allowed: "senders that can send what the stack asks its callers for",
    mend: "Write this one for a stack that does not ask for it: its signature, which a consumer checks, tells who sent.",
  },
  {
    setting: "secretHeader",
    isBroken: ({ secretHeader, webhook }) =>
      secretHeader?.toLowerCase() === "authorization" && isAskedForCredentials(webhook),
    wrong: "is the header that a sender of `webhook` sends only once a 401 asks for it, and this answers 403",
    allowed: "an authorizer, which answers 401, for such a sender",
    mend: "Drop this, and use `authorization` of auth-stack.",
  },
  {
    setting: "webhook",
    isBroken: (facts) => registeredInVain(facts) !== undefined,
    wrong: (facts) => `has a sender that needs no registering: ${registeredInVain(facts) ?? ""}`,
    allowed: "`registering` for senders whose handshake has its value in the body, such as slack",
    mend: "Drop `registering`.",
  },
  {
    setting: "cors",
    isBroken: ({ cors, webhook }) => {
      const only = onlySender(webhook);
      const handshakes = only ? mockHandshakes(senderOf(only.sender)) : [];
      return cors !== undefined && handshakes.some(({ verb }) => verb === "OPTIONS");
    },
    wrong: "wants OPTIONS of /sqs, which is the handshake of the sender of `webhook`",
    allowed: "this setting without such a sender, or with a list, where the sender has a path of its own",
    mend: "Put the sender into a list, or drop this.",
  },
  ownMethodRule({
    setting: "webhook",
    rules: API_RULES,
    methods: (facts: WebhookFacts) =>
      webhookEntries(facts.webhook).map((entry) => ({
        name: entry.sender,
        facts: { ...facts, ...entrySettings<WebhookFacts>(entry, facts, facts) },
      })),
    own: OVERRIDES,
    written: (sender) => `In an object of the list: { \`sender\`: "${sender}", … }.`,
  }),
];

/** The first sender that can't send what the stack asks for, in words. */
function shutOut(facts: WebhookFacts): string | undefined {
  const { protection, secretHeader } = facts;
  const wanted = [
    ...(protection?.headers ?? []),
    ...(secretHeader === undefined ? [] : [secretHeader]),
    ...(sendsApiKey(facts) ? ["x-api-key"] : []),
  ];
  for (const { sender } of sendersAtPaths(facts.webhook)) {
    const { title, credentials } = senderOf(sender);
    if (isSigned(protection)) return `${title} signs no request with AWS's keys`;
    const missing = wanted.find((header) => !canSend(credentials, header));
    if (missing !== undefined) return `${title} can't send the header ${missing} with a value of yours`;
  }
  return undefined;
}

function isSigned(protection: AuthorizationFacts | undefined): boolean {
  return protection?.context === "nothing";
}

function canSend(credentials: ReturnType<typeof senderOf>["credentials"], header: string): boolean {
  if (credentials === "any-header") return true;
  const names = typeof credentials === "string" ? ["Authorization"] : credentials;
  return names.some((name) => name.toLowerCase() === header.toLowerCase());
}

function registeredInVain(facts: WebhookFacts): string | undefined {
  return sendersAtPaths(facts.webhook).find(
    ({ sender, registering }) => registering && registrationOf(senderOf(sender)) === undefined,
  )?.sender;
}

import type { AuthorizationFacts } from "../authorizer/authorization";
import { API_RULES, type AroundApi } from "../api/api-rules";
import { base64ContentTypes, textContentTypes } from "../api/message";
import type { METHOD_SETTINGS } from "../api/methods";
import { sendsApiKey } from "../api/usage-plan";
import { type BrokenRule, brokenRules, type Facts, type Rule } from "../setting";
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
  {
    setting: "webhook",
    isBroken: (facts) => textAndBinary(facts) !== undefined,
    wrong: (facts) => `takes for binary at one path what is text at another: ${textAndBinary(facts) ?? ""}`,
    allowed: "content types that are binary for the whole API, or text",
    mend: "Write `binaryContentTypes` so that it fits the sender's, or give the sender other `contentTypes`.",
  },
  {
    setting: "webhook",
    isBroken: (facts) => brokenEntry(facts) !== undefined,
    wrong: (facts) =>
      ofEntry(facts, ({ setting, wrong }, sender) => `makes for ${sender} a \`${setting}\` that ${wrong}`),
    allowed: (facts) => ofEntry(facts, ({ allowed }) => allowed),
    mend: (facts) =>
      ofEntry(
        facts,
        ({ mend }, sender) => `${mend} In an object of the list: { \`sender\`: "${sender}", … }.`,
      ),
  },
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

/** A content type that is binary in one method of the API and text in another: API Gateway knows but one list. */
function textAndBinary(facts: WebhookFacts): string | undefined {
  const entries = webhookEntries(facts.webhook);
  if (entries.length === 0) return undefined;
  const methods = [
    facts,
    ...entries.map((entry) => entrySettings<WebhookFacts>(entry, facts, { isFifo: false })),
  ];
  const binary = new Set(methods.flatMap(base64ContentTypes));
  return methods.flatMap(textContentTypes).find((type) => binary.has(type));
}

/** A rule that an entry's own method breaks. */
interface BrokenEntry {
  readonly sender: string;
  readonly broken: BrokenRule;
}

/** The first rule that does not hold for an entry's own method. What an entry can't override is the stack's mistake, told there. */
function brokenEntry(facts: WebhookFacts): BrokenEntry | undefined {
  for (const entry of webhookEntries(facts.webhook)) {
    const own = { ...facts, ...entrySettings<WebhookFacts>(entry, facts, facts) };
    const broken = brokenRules(API_RULES, own).find(({ setting }) => OVERRIDES.includes(setting));
    if (broken) return { sender: entry.sender, broken };
  }
  return undefined;
}

function ofEntry(facts: WebhookFacts, told: (broken: BrokenRule, sender: string) => string): string {
  const found = brokenEntry(facts);
  return found ? told(found.broken, found.sender) : "";
}

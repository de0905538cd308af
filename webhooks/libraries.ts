import { loadLibrary } from "./load-library";
import type { HmacSignature, Signature } from "./sender";
import { itemsOf, type NotificationItem } from "./signatures/adyen";
import { isSame } from "./signatures/is-same";
import type { Delivery } from "./signatures/scheme";
import { VerificationError } from "./verification-error";

/** One signature of a delivery, and one secret that may have made it. */
export interface Check {
  readonly signature: Signature;
  readonly delivery: Delivery;
  readonly secret: string;
  /** The sender's library, where the user has loaded it himself. */
  readonly library?: object | undefined;
}

/** Asks a library whether a signature is genuine, whatever the time. */
export type Library = (check: Check) => Promise<boolean>;

/** The value of the signature's header, which is there. */
function given({ signature, delivery }: Check): string {
  const name = signature.kind === "own" ? signature.headers[0] : signature.header;
  return delivery.header(name ?? "") ?? "";
}

function timeAndId({ signature, delivery }: Check) {
  const { timestampHeader = "", idHeader = "" } = signature as HmacSignature;
  return { timestamp: delivery.header(timestampHeader) ?? "", id: delivery.header(idHeader) ?? "" };
}

type StandardWebhooks = new (secret: string) => { sign(id: string, timestamp: Date, body: string): string };

/** Their `verify` knows no time but now, so what they sign is compared. */
function isSignedAs(Webhook: StandardWebhooks, check: Check): boolean {
  const { timestamp, id } = timeAndId(check);
  const expected = new Webhook(check.secret).sign(
    id,
    new Date(Number(timestamp) * 1000),
    check.delivery.text,
  );
  return given(check)
    .split(" ")
    .some((each) => isSame(each, expected));
}

type Octokit = (secret: string, body: string, signature: string) => Promise<boolean>;

interface Stripe {
  readonly signature: {
    verifyHeader(body: string, header: string, secret: string, tolerance: number): boolean;
  };
}

type Slack = (options: {
  readonly signingSecret: string;
  readonly body: string;
  readonly headers: { readonly "x-slack-signature": string; readonly "x-slack-request-timestamp": number };
  readonly nowMilliseconds: number;
}) => void;

type SendGrid = new () => {
  convertPublicKeyToECDSA(key: string): unknown;
  verifySignature(key: unknown, body: string, signature: string, timestamp: string): boolean;
};

interface Square {
  verifySignature(options: {
    readonly requestBody: string;
    readonly signatureHeader: string;
    readonly signatureKey: string;
    readonly notificationUrl: string;
  }): Promise<boolean>;
}

interface HubSpot {
  getSignature(
    method: string,
    version: "v3",
    options: {
      readonly clientSecret: string;
      readonly requestBody: string;
      readonly url: string;
      readonly timestamp: string;
    },
  ): string;
}

type Line = (body: string, secret: string, signature: string) => boolean;

type Razorpay = (body: string, signature: string, secret: string) => boolean;

type Adyen = new () => {
  validateHMAC(item: NotificationItem, key: string): boolean;
  validateHMACSignature(key: string, signature: string, body: string): boolean;
};

interface Twilio {
  validateRequest(
    secret: string,
    signature: string,
    url: string,
    form: Readonly<Record<string, unknown>>,
  ): boolean;
  validateRequestWithBody(secret: string, signature: string, url: string, body: string): boolean;
}

type Notion = (options: {
  readonly body: string;
  readonly signature: string;
  readonly verificationToken: string;
}) => Promise<boolean>;

/**
 * The senders' own libraries, by their names on npm: each is the user's, and loaded when the first of its deliveries comes. All are asked
 * for the signature alone, since the time that counts is that of the receipt.
 *
 * Not here, though on npm: `@paddle/paddle-node-sdk`, `@linear/sdk` and, of SNS, `sns-validator`. The first two compare the time of the
 * signature with now, and nothing changes that: what waited in the queue for a minute would be refused. The third fetches the certificate by
 * itself. `@shopify/shopify-api` wants a configured app. `@workos-inc/node` writes the JSON anew
 * before it checks. What those check is an HMAC of the preset's data, or of webhooks/signatures/, and tests hold it against them.
 */
export const LIBRARIES: Readonly<Record<string, Library>> = {
  standardwebhooks: library("standardwebhooks", "Webhook", isSignedAs),
  svix: library("svix", "Webhook", isSignedAs),
  "@octokit/webhooks-methods": library("@octokit/webhooks-methods", "verify", (verify: Octokit, check) =>
    verify(check.secret, check.delivery.text, given(check)),
  ),
  // A tolerance of 0 leaves the time alone.
  stripe: library("stripe", "webhooks", ({ signature }: Stripe, check) =>
    signature.verifyHeader(check.delivery.text, given(check), check.secret, 0),
  ),
  "@slack/bolt": library("@slack/bolt", "verifySlackRequest", (verify: Slack, check) => {
    const timestamp = Number(timeAndId(check).timestamp);
    verify({
      signingSecret: check.secret,
      body: check.delivery.text,
      headers: { "x-slack-signature": given(check), "x-slack-request-timestamp": timestamp },
      nowMilliseconds: timestamp * 1000,
    });
    return true;
  }),
  "@sendgrid/eventwebhook": library(
    "@sendgrid/eventwebhook",
    "EventWebhook",
    (EventWebhook: SendGrid, check) => {
      const webhook = new EventWebhook();
      const key = webhook.convertPublicKeyToECDSA(check.secret);
      const timestamp = check.delivery.header("X-Twilio-Email-Event-Webhook-Timestamp") ?? "";
      return webhook.verifySignature(key, check.delivery.text, given(check), timestamp);
    },
  ),
  square: library("square", "WebhooksHelper", (helper: Square, check) =>
    helper.verifySignature({
      requestBody: check.delivery.text,
      signatureHeader: given(check),
      signatureKey: check.secret,
      notificationUrl: check.delivery.url(),
    }),
  ),
  "@hubspot/api-client": library("@hubspot/api-client", "Signature", (signature: HubSpot, check) =>
    isSame(
      given(check),
      signature.getSignature("POST", "v3", {
        clientSecret: check.secret,
        requestBody: check.delivery.text,
        url: check.delivery.url(),
        timestamp: timeAndId(check).timestamp,
      }),
    ),
  ),
  "@line/bot-sdk": library("@line/bot-sdk", "validateSignature", (validate: Line, check) =>
    validate(check.delivery.text, check.secret, given(check)),
  ),
  razorpay: library("razorpay", "validateWebhookSignature", (validate: Razorpay, check) =>
    validate(check.delivery.text, given(check), check.secret),
  ),
  "@adyen/api-library": library("@adyen/api-library", "hmacValidator", (HmacValidator: Adyen, check) => {
    const validator = new HmacValidator();
    if (check.signature.kind === "hmac") {
      return validator.validateHMACSignature(check.secret, given(check), check.delivery.text);
    }
    return itemsOf(check.delivery).every((item) => validator.validateHMAC(item, check.secret));
  }),
  "@notionhq/client": library("@notionhq/client", "verifyWebhookSignature", (verify: Notion, check) =>
    verify({ body: check.delivery.text, signature: given(check), verificationToken: check.secret }),
  ),
  twilio: library("twilio", "default", (twilio: Twilio, check) => {
    const { text, url } = check.delivery;
    return url().includes("bodySHA256=")
      ? twilio.validateRequestWithBody(check.secret, given(check), url(), text)
      : twilio.validateRequest(check.secret, given(check), url(), formOf(text));
  }),
};

/** A form's values by name: a list where a name comes twice. No name of a form is taken for one that all objects have. */
function formOf(text: string): Record<string, string | string[]> {
  const pairs = new URLSearchParams(text);
  const form = Object.create(null) as Record<string, string | string[]>;
  for (const name of pairs.keys()) {
    const all = pairs.getAll(name);
    form[name] = all.length === 1 ? (all[0] ?? "") : all;
  }
  return form;
}

/** @param isGenuine may throw instead of saying no */
function library(
  name: string,
  exported: string,
  isGenuine: (exported: never, check: Check) => boolean | Promise<boolean>,
): Library {
  return async (check) => {
    const loaded = (check.library ?? (await load(name))) as Record<string, unknown>;
    const value =
      loaded[exported] ?? (loaded.default as Record<string, unknown> | undefined)?.[exported] ?? loaded;
    try {
      return await isGenuine(value as never, check);
    } catch {
      // What libraries throw may quote the body: it goes nowhere.
      return false;
    }
  };
}

/** @throws VerificationError where the user has no such package */
async function load(name: string): Promise<Record<string, unknown>> {
  try {
    return await loadLibrary(name);
  } catch (cause) {
    const mend = `Run npm install ${name}; where a bundler or a strict package manager hides it, give the option library: await import("${name}").`;
    throw new VerificationError(
      "missing_library",
      { where: name, wrong: "checks this sender's signatures, and can't be loaded", mend },
      { cause },
    );
  }
}

import type { Sender } from "./sender";
import { ADYEN } from "./senders/adyen";
import { ALERTMANAGER } from "./senders/alertmanager";
import { ASANA } from "./senders/asana";
import { BITBUCKET } from "./senders/bitbucket";
import { CALENDLY } from "./senders/calendly";
import { CHARGEBEE } from "./senders/chargebee";
import { CHECKOUT } from "./senders/checkout";
import { CLICKUP } from "./senders/clickup";
import { CLOUDEVENTS } from "./senders/cloudevents";
import { DOCUSIGN } from "./senders/docusign";
import { DROPBOX } from "./senders/dropbox";
import { DROPBOX_SIGN } from "./senders/dropbox-sign";
import { EVENT_GRID } from "./senders/event-grid";
import { EVENTBRIDGE } from "./senders/eventbridge";
import { GITHUB } from "./senders/github";
import { GITLAB } from "./senders/gitlab";
import { GOOGLE_DRIVE } from "./senders/google-drive";
import { GOOGLE_HEALTH } from "./senders/google-health";
import { HUBSPOT } from "./senders/hubspot";
import { INTUIT } from "./senders/intuit";
import { JIRA } from "./senders/jira";
import { LEMON_SQUEEZY } from "./senders/lemon-squeezy";
import { LINE } from "./senders/line";
import { LINEAR } from "./senders/linear";
import { MAILGUN } from "./senders/mailgun";
import { MAILGUN_ROUTES } from "./senders/mailgun-routes";
import { MANDRILL } from "./senders/mandrill";
import { META } from "./senders/meta";
import { MICROSOFT_GRAPH } from "./senders/microsoft-graph";
import { NOTION } from "./senders/notion";
import { NYLAS } from "./senders/nylas";
import { OKTA } from "./senders/okta";
import { ONFLEET } from "./senders/onfleet";
import { PADDLE } from "./senders/paddle";
import { PAGERDUTY } from "./senders/pagerduty";
import { PAYPAL } from "./senders/paypal";
import { PLAID } from "./senders/plaid";
import { POSTMARK } from "./senders/postmark";
import { PUBSUB } from "./senders/pubsub";
import { RAZORPAY } from "./senders/razorpay";
import { SALESFORCE } from "./senders/salesforce";
import { SENDGRID } from "./senders/sendgrid";
import { SENTRY } from "./senders/sentry";
import { SHOPIFY } from "./senders/shopify";
import { SLACK } from "./senders/slack";
import { SLACK_COMMANDS } from "./senders/slack-commands";
import { SLACK_INTERACTIONS } from "./senders/slack-interactions";
import { SNS } from "./senders/sns";
import { SQUARE } from "./senders/square";
import { STANDARD_WEBHOOKS } from "./senders/standard-webhooks";
import { STRAVA } from "./senders/strava";
import { STRIPE } from "./senders/stripe";
import { SVIX } from "./senders/svix";
import { TELEGRAM } from "./senders/telegram";
import { TRELLO } from "./senders/trello";
import { TWILIO } from "./senders/twilio";
import { TYPEFORM } from "./senders/typeform";
import { VERCEL } from "./senders/vercel";
import { WEBSUB } from "./senders/websub";
import { WOOCOMMERCE } from "./senders/woocommerce";
import { WORKOS } from "./senders/workos";
import { ZENDESK } from "./senders/zendesk";

/** Every sender that the setting `webhook` knows, by the name that it has there. */
export const SENDERS: Readonly<Record<string, Sender>> = {
  adyen: ADYEN,
  alertmanager: ALERTMANAGER,
  asana: ASANA,
  bitbucket: BITBUCKET,
  calendly: CALENDLY,
  chargebee: CHARGEBEE,
  checkout: CHECKOUT,
  clickup: CLICKUP,
  cloudevents: CLOUDEVENTS,
  docusign: DOCUSIGN,
  dropbox: DROPBOX,
  "dropbox-sign": DROPBOX_SIGN,
  "event-grid": EVENT_GRID,
  eventbridge: EVENTBRIDGE,
  github: GITHUB,
  gitlab: GITLAB,
  "google-drive": GOOGLE_DRIVE,
  "google-health": GOOGLE_HEALTH,
  hubspot: HUBSPOT,
  intuit: INTUIT,
  jira: JIRA,
  "lemon-squeezy": LEMON_SQUEEZY,
  line: LINE,
  linear: LINEAR,
  mailgun: MAILGUN,
  "mailgun-routes": MAILGUN_ROUTES,
  mandrill: MANDRILL,
  meta: META,
  "microsoft-graph": MICROSOFT_GRAPH,
  notion: NOTION,
  nylas: NYLAS,
  okta: OKTA,
  onfleet: ONFLEET,
  paddle: PADDLE,
  pagerduty: PAGERDUTY,
  paypal: PAYPAL,
  plaid: PLAID,
  postmark: POSTMARK,
  pubsub: PUBSUB,
  razorpay: RAZORPAY,
  salesforce: SALESFORCE,
  sendgrid: SENDGRID,
  sentry: SENTRY,
  shopify: SHOPIFY,
  slack: SLACK,
  "slack-commands": SLACK_COMMANDS,
  "slack-interactions": SLACK_INTERACTIONS,
  sns: SNS,
  square: SQUARE,
  "standard-webhooks": STANDARD_WEBHOOKS,
  strava: STRAVA,
  stripe: STRIPE,
  svix: SVIX,
  telegram: TELEGRAM,
  trello: TRELLO,
  twilio: TWILIO,
  typeform: TYPEFORM,
  vercel: VERCEL,
  websub: WEBSUB,
  woocommerce: WOOCOMMERCE,
  workos: WORKOS,
  zendesk: ZENDESK,
};

/** The sender of this name; undefined where the setting knows none. */
export function senderNamed(name: string): Sender | undefined {
  return Object.hasOwn(SENDERS, name) ? SENDERS[name] : undefined;
}

/** The names that there are, for messages about one that is none. */
export function allowedSenders(): string {
  return `${Object.keys(SENDERS).join(", ")} are allowed`;
}

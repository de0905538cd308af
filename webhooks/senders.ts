import type { Sender } from "./sender";
import { ADYEN } from "./senders/adyen";
import { ALERTMANAGER } from "./senders/alertmanager";
import { ASANA } from "./senders/asana";
import { BITBUCKET } from "./senders/bitbucket";
import { CLOUDEVENTS } from "./senders/cloudevents";
import { DOCUSIGN } from "./senders/docusign";
import { DROPBOX } from "./senders/dropbox";
import { EVENT_GRID } from "./senders/event-grid";
import { EVENTBRIDGE } from "./senders/eventbridge";
import { GITHUB } from "./senders/github";
import { GITLAB } from "./senders/gitlab";
import { HUBSPOT } from "./senders/hubspot";
import { JIRA } from "./senders/jira";
import { LINE } from "./senders/line";
import { LINEAR } from "./senders/linear";
import { MAILGUN } from "./senders/mailgun";
import { MAILGUN_ROUTES } from "./senders/mailgun-routes";
import { META } from "./senders/meta";
import { MICROSOFT_GRAPH } from "./senders/microsoft-graph";
import { NOTION } from "./senders/notion";
import { NYLAS } from "./senders/nylas";
import { OKTA } from "./senders/okta";
import { PADDLE } from "./senders/paddle";
import { PAYPAL } from "./senders/paypal";
import { RAZORPAY } from "./senders/razorpay";
import { SALESFORCE } from "./senders/salesforce";
import { SENDGRID } from "./senders/sendgrid";
import { SHOPIFY } from "./senders/shopify";
import { SLACK } from "./senders/slack";
import { SLACK_COMMANDS } from "./senders/slack-commands";
import { SLACK_INTERACTIONS } from "./senders/slack-interactions";
import { SNS } from "./senders/sns";
import { SQUARE } from "./senders/square";
import { STANDARD_WEBHOOKS } from "./senders/standard-webhooks";
import { STRIPE } from "./senders/stripe";
import { SVIX } from "./senders/svix";
import { TELEGRAM } from "./senders/telegram";
import { TRELLO } from "./senders/trello";
import { TWILIO } from "./senders/twilio";
import { WEBSUB } from "./senders/websub";
import { ZENDESK } from "./senders/zendesk";

/** Every sender that the setting `webhook` knows, by the name that it has there. */
export const SENDERS: Readonly<Record<string, Sender>> = {
  adyen: ADYEN,
  alertmanager: ALERTMANAGER,
  asana: ASANA,
  bitbucket: BITBUCKET,
  cloudevents: CLOUDEVENTS,
  docusign: DOCUSIGN,
  dropbox: DROPBOX,
  "event-grid": EVENT_GRID,
  eventbridge: EVENTBRIDGE,
  github: GITHUB,
  gitlab: GITLAB,
  hubspot: HUBSPOT,
  jira: JIRA,
  line: LINE,
  linear: LINEAR,
  mailgun: MAILGUN,
  "mailgun-routes": MAILGUN_ROUTES,
  meta: META,
  "microsoft-graph": MICROSOFT_GRAPH,
  notion: NOTION,
  nylas: NYLAS,
  okta: OKTA,
  paddle: PADDLE,
  paypal: PAYPAL,
  razorpay: RAZORPAY,
  salesforce: SALESFORCE,
  sendgrid: SENDGRID,
  shopify: SHOPIFY,
  slack: SLACK,
  "slack-commands": SLACK_COMMANDS,
  "slack-interactions": SLACK_INTERACTIONS,
  sns: SNS,
  square: SQUARE,
  "standard-webhooks": STANDARD_WEBHOOKS,
  stripe: STRIPE,
  svix: SVIX,
  telegram: TELEGRAM,
  trello: TRELLO,
  twilio: TWILIO,
  websub: WEBSUB,
  zendesk: ZENDESK,
};

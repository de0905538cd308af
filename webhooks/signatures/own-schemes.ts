import { ADYEN } from "./adyen";
import { MAILGUN } from "./mailgun";
import { PAYPAL } from "./paypal";
import type { OwnScheme } from "./scheme";
import { SENDGRID } from "./sendgrid";
import { SNS } from "./sns";
import { TWILIO } from "./twilio";

/** Every way of signing that is a sender's own, by the name that it has in the preset. */
const OWN_SCHEMES: Readonly<Record<string, OwnScheme>> = {
  adyen: ADYEN,
  mailgun: MAILGUN,
  paypal: PAYPAL,
  sendgrid: SENDGRID,
  sns: SNS,
  twilio: TWILIO,
};

/** A way of signing that a preset names. */
export function ownScheme(name: string): OwnScheme {
  const scheme = OWN_SCHEMES[name];
  if (scheme === undefined) throw new Error(`webhooks/signatures/ has no ${name}`);
  return scheme;
}

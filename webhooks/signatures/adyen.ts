import { createHmac } from "node:crypto";
import type { Delivery, OwnScheme } from "./scheme";

/** A payment's notification, with what its signature covers. */
export interface NotificationItem {
  readonly pspReference?: string;
  readonly originalReference?: string;
  readonly merchantAccountCode?: string;
  readonly merchantReference?: string;
  readonly amount?: { readonly value?: number; readonly currency?: string };
  readonly eventCode?: string;
  readonly success?: string;
  readonly additionalData?: Readonly<Record<string, string>>;
}

interface Notification {
  readonly notificationItems?: readonly { readonly NotificationRequestItem?: NotificationItem }[];
}

/**
 * Adyen signs eight fields of each item of a payment's notification, and writes the signature into the item. What else is in the body
 * is not signed.
 * @see https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
 */
export const ADYEN: OwnScheme = {
  key: "hex",
  sign({ headers, body, url }, { secret }) {
    const notification = JSON.parse(body) as Notification;
    const items = (notification.notificationItems ?? []).map(
      ({ NotificationRequestItem = {}, ...others }) => ({
        ...others,
        NotificationRequestItem: signed(NotificationRequestItem, secret),
      }),
    );
    return { headers, url, body: JSON.stringify({ ...notification, notificationItems: items }) };
  },
  isPresent: (delivery) =>
    itemsOf(delivery).some(({ additionalData }) => additionalData?.hmacSignature !== undefined),
};

function signed(item: NotificationItem, secret: string): NotificationItem {
  const hmacSignature = createHmac("sha256", Buffer.from(secret, "hex"))
    .update(signedFields(item))
    .digest("base64");
  return { ...item, additionalData: { ...item.additionalData, hmacSignature } };
}

function signedFields(item: NotificationItem): string {
  return [
    item.pspReference,
    item.originalReference,
    item.merchantAccountCode,
    item.merchantReference,
    item.amount?.value,
    item.amount?.currency,
    item.eventCode,
    item.success,
  ].join(":");
}

/** The items of a notification; none where the body is something else. */
export function itemsOf({ json }: Delivery): NotificationItem[] {
  try {
    const { notificationItems } = json() as Notification;
    return (notificationItems ?? []).map(({ NotificationRequestItem }) => NotificationRequestItem ?? {});
  } catch {
    return [];
  }
}

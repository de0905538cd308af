import { type Check, LIBRARIES } from "../libraries";
import { valueAt } from "../value-at";
import type { HmacSignature, Sender, Signature } from "../sender";
import { hmacOf, isKey, readHeader, type SignedParts } from "./hmac";
import { isSame } from "./is-same";
import { ownScheme } from "./own-schemes";
import type { Delivery } from "./scheme";
import { timestampOf } from "./timestamp";

/** Has the delivery all that belongs to such a signature, be it right or wrong? */
export function isPresent(signature: Signature, delivery: Delivery): boolean {
  if (signature.kind === "own") return ownScheme(signature.name).isPresent(delivery);
  const { timestampHeader, idHeader } = signature as Partial<HmacSignature>;
  return [signature.header, timestampHeader, idHeader].every(
    (name) => name === undefined || delivery.header(name) !== undefined,
  );
}

/** Did the secret make this signature, whenever that was? By the sender's own library where it can tell that alone. */
export async function isGenuine({ library = "" }: Sender, check: Check): Promise<boolean> {
  const { signature, delivery, secret } = check;
  if (!isSecret(signature, secret)) return false;
  if (signature.kind === "secret") return isSame(delivery.header(signature.header) ?? "", secret);
  const byLibrary = LIBRARIES[library];
  if (byLibrary !== undefined) return byLibrary(check);
  if (signature.kind === "hmac") return isGenuineHmac(signature, delivery, secret);
  return (await ownScheme(signature.name).isGenuine?.(delivery, secret)) ?? false;
}

/** Is there something in a secret, in the form of the sender's keys? */
export function isSecret(signature: Signature, secret: string): boolean {
  if (signature.kind === "secret") return isKey(secret);
  if (signature.kind === "hmac") return isKey(secret, signature.key);
  return isKey(secret, ownScheme(signature.name).key);
}

/** One right signature of several will do. */
function isGenuineHmac(signature: HmacSignature, delivery: Delivery, secret: string): boolean {
  const { hmacs, timestamp } = readHeader(signature, delivery.header(signature.header) ?? "");
  const parts: Record<keyof SignedParts, () => string | Uint8Array> = {
    body: () => delivery.bytes,
    url: delivery.url,
    method: () => "POST",
    timestamp: () => timestamp ?? delivery.header(signature.timestampHeader ?? "") ?? "",
    id: () => delivery.header(signature.idHeader ?? "") ?? "",
  };
  const expected = hmacOf(signature, secret, (name) => parts[name]());
  return hmacs.some((given) => isSame(given, expected));
}

/** When it was signed, in milliseconds: undefined where the signature covers no time, NaN where what stands there is none. */
export function signedAt(signature: Signature, delivery: Delivery): number | undefined {
  if (signature.kind === "secret") return undefined;
  if (signature.kind === "own") return ownScheme(signature.name).timestamp?.(delivery);
  const { timestampHeader, timestampJsonPath, timestampUnit, value = "" } = signature;
  if (timestampHeader !== undefined) {
    return timestampOf(delivery.header(timestampHeader) ?? "", timestampUnit);
  }
  if (timestampJsonPath !== undefined) {
    return timestampOf(valueAt(delivery.json(), timestampJsonPath) ?? "", timestampUnit);
  }
  if (!value.includes("{timestamp}")) return undefined;
  return timestampOf(
    readHeader(signature, delivery.header(signature.header) ?? "").timestamp ?? "",
    timestampUnit,
  );
}

/** The sender's own id, with whether the signature covers it. */
export interface DeliveryId {
  readonly id: string;
  readonly isSigned: boolean;
}

/** The id that the signature covers, else the one that stays the same when the sender sends again. */
export function deliveryId(
  { messageDeduplicationId: place }: Sender,
  signature: Signature | undefined,
  delivery: Delivery,
): DeliveryId | undefined {
  const signed = signature === undefined ? undefined : signedId(signature, delivery);
  if (signed !== undefined) return { id: signed, isSigned: true };
  if (place === undefined) return undefined;
  const isInBody = "jsonPath" in place;
  const id = isInBody
    ? valueAt(delivery.json(), place.jsonPath)
    : delivery.header("header" in place ? place.header : place.query);
  return id === undefined ? undefined : { id, isSigned: isInBody && coversBody(signature) };
}

function signedId(signature: Signature, delivery: Delivery): string | undefined {
  if (signature.kind === "own") return ownScheme(signature.name).id?.(delivery);
  return signature.kind === "hmac" ? delivery.header(signature.idHeader ?? "") : undefined;
}

/** Of PayPal's own way it covers the body's CRC-32, which whoever has seen a delivery can keep while changing the body. */
function coversBody(signature: Signature | undefined): boolean {
  return signature?.kind === "hmac" && signature.signed.includes("{body}");
}

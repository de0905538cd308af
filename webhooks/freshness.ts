import type { ReceivedRequest } from "./queue-message";
import type { Signature } from "./sender";
import { signedAt } from "./signatures/check";
import type { Delivery } from "./signatures/scheme";
import { VerificationError } from "./verification-error";

/** Whose signature is checked, and how much its time may be off. */
interface FreshnessOptions {
  /** Its name in the setting `webhook`. */
  readonly sender: string;
  /** @default - the sender's own, where it has one */
  readonly toleranceSeconds?: number;
}

/**
 * Was a delivery received when it was signed? A signature that covers no time is never too old.
 * @throws VerificationError
 */
export function checkFreshness(
  signature: Signature,
  delivery: Delivery,
  { receivedAt }: Pick<ReceivedRequest, "receivedAt">,
  { sender, toleranceSeconds = toleranceOf(signature) }: FreshnessOptions,
): void {
  const signed = signedAt(signature, delivery);
  // What is no time is refused by any tolerance: where nothing stands between time and body, it may be a part of the body.
  if (signed === undefined || (toleranceSeconds === Infinity && !Number.isNaN(signed))) return;
  if (receivedAt === undefined) {
    const mend = 'Receive with MessageSystemAttributeNames: ["SentTimestamp"].';
    throw new VerificationError("malformed_message", {
      where: sender,
      wrong: "the message tells no time of receipt",
      mend,
    });
  }
  const age = (receivedAt - signed) / 1000;
  if (Math.abs(age) <= toleranceSeconds) return;
  throw new VerificationError(age < 0 ? "too_new" : "too_old", {
    where: sender,
    wrong: "the signature's time is not that of the receipt",
    got: Number.isNaN(age) ? "no time" : `${Math.round(age)} seconds before it`,
    allowed: `${toleranceSeconds} seconds are allowed`,
    mend: "It is a delivery that somebody sends again, or the option toleranceSeconds is too low.",
  });
}

function toleranceOf(signature: Signature): number {
  return signature.kind === "secret" ? Infinity : (signature.toleranceSeconds ?? Infinity);
}

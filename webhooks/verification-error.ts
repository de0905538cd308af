import { type Mistake, mistakeText } from "../errors/mistake";

/** Why a message is not taken. */
export type VerificationCode =
  /** Its signature, or what belongs to it, is not among body and attributes. */
  | "missing_signature"
  /** Another body, another secret, another URL, or a forgery. */
  | "wrong_signature"
  /** Signed long before the receipt. */
  | "too_old"
  /** Signed long after the receipt. */
  | "too_new"
  /** It tells no time of receipt. */
  | "malformed_message"
  /** A handshake wants a URL opened that is not the sender's. */
  | "forbidden_url"
  /** A host of the sender's did not answer: try again. */
  | "unreachable"
  /** No preset has this name. */
  | "unknown_sender"
  /** Nothing of this sender can be checked here. */
  | "unsigned_sender"
  /** The option `secret` is not given, is empty, or is no key where the sender's are hex or base64. */
  | "missing_secret"
  /** The sender signs its URL, which neither option nor message tells. */
  | "missing_url"
  /** The sender's library is not installed. */
  | "missing_library";

/** A message that is not known to be the sender's. Its text has neither secret nor body. */
export class VerificationError extends Error {
  public override readonly name = "VerificationError";

  constructor(
    public readonly code: VerificationCode,
    mistake: Mistake,
    options?: ErrorOptions,
  ) {
    super(mistakeText(mistake), options);
  }
}

import { type Mistake, mistakeText } from "../errors/mistake";

/** Why a message is not taken. The first four are the sender's or a forger's doing, the others are mended by whoever runs the consumer. */
export type VerificationCode =
  | "missing_signature"
  | "wrong_signature"
  | "too_old"
  | "too_new"
  | "malformed_message"
  | "unknown_sender"
  | "unsigned_sender"
  | "missing_secret"
  | "missing_url"
  | "missing_library"
  | "unreachable"
  | "forbidden_url";

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

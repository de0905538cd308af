import { createHash } from "node:crypto";

/** Why AWS does not know who signed a request; as `x-amzn-ErrorType` has it, without `Exception`. */
type SignatureFault =
  | "MissingAuthenticationToken"
  | "IncompleteSignature"
  | "InvalidSignature"
  | "UnrecognizedClient"
  | "ExpiredToken";

/** A request whose signature does not tell who sent it, in AWS's own words. */
export class SignatureError extends Error {
  public override readonly name = "SignatureError";

  constructor(
    public readonly fault: SignatureFault,
    message: string,
  ) {
    super(message);
  }
}

/** What AWS says to an `Authorization` header that is no list of `key=value`, such as a bearer token. */
export function missingEqualSign(authorization: string): SignatureError {
  const hash = createHash("sha256").update(authorization).digest("base64");
  return new SignatureError(
    "IncompleteSignature",
    `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash}'.`,
  );
}

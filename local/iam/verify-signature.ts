import { timingSafeEqual } from "node:crypto";
import type { Identity } from "./identity";
import {
  type Signature,
  type SignedRequest,
  fromBasicDate,
  readSignature,
  toBasicDate,
} from "./read-signature";
import { type CalculatedSignature, calculateSignature } from "./signature-calculator";
import { SignatureError } from "./signature-error";

/** What a signature must be for, and who can have made it. */
export interface SignatureVerification {
  readonly service: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly identities: readonly Identity[];
}

/**
 * Tells who signed a request. What is checked first, and AWS's words for what is wrong, are those that other services of
 * AWS were seen to use where API Gateway has no recording.
 * @throws SignatureError
 */
export async function verifySignature(
  request: SignedRequest,
  verification: SignatureVerification,
): Promise<Identity> {
  const signature = readSignature(request);
  requireCurrent(signature, verification.now);
  requireSupported(signature);
  const accessKeyId = requireScope(signature, verification);
  const identity = verification.identities.find((one) => one.accessKeyId === accessKeyId);
  if (identity === undefined) throw invalidToken();
  const calculated = await calculateSignature(request, { ...verification, ...signature, ...identity });
  if (!areEqual(calculated.signature, signature.signature)) throw mismatch(calculated);
  if (!areEqual(identity.sessionToken ?? "", signature.sessionToken ?? "")) throw invalidToken();
  if (identity.expiresAt !== undefined && identity.expiresAt <= verification.now) {
    throw new SignatureError("ExpiredToken", "The security token included in the request is expired");
  }
  return identity;
}

/** Milliseconds between the caller's clock and this one. */
const TOLERANCE = 5 * 60_000;

/** A signature in the query is good for the seconds that it says, all others for five minutes. */
function requireCurrent({ date, expires }: Signature, now: number): void {
  const signedAt = fromBasicDate(date);
  if (signedAt > now + TOLERANCE) {
    throw new SignatureError(
      "InvalidSignature",
      `Signature not yet current: ${date} is still later than ${toBasicDate(now + TOLERANCE)} (${toBasicDate(now)} + 5 min.)`,
    );
  }
  const lifetime = expires === undefined ? TOLERANCE : expires * 1000;
  if (signedAt + lifetime >= now) return;
  const told = expires === undefined ? "5 min." : `${expires} sec.`;
  throw new SignatureError(
    "InvalidSignature",
    `Signature expired: ${date} is now earlier than ${toBasicDate(now - lifetime)} (${toBasicDate(now)} - ${told})`,
  );
}

function requireSupported({ signedHeaders, algorithm }: Signature): void {
  if (!signedHeaders.includes("host")) {
    throw new SignatureError(
      "InvalidSignature",
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  if (algorithm === "AWS4-HMAC-SHA256") return;
  throw new SignatureError("IncompleteSignature", `Unsupported AWS 'algorithm': '${algorithm}'.`);
}

/** @returns the access key's id */
function requireScope({ credential, date }: Signature, { region, service }: SignatureVerification): string {
  const elements = credential.split("/");
  const [accessKeyId = "", scopeDate = "", scopeRegion = "", scopeService, terminator = ""] = elements;
  if (elements.length !== 5) {
    throw new SignatureError(
      "IncompleteSignature",
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  const wrong = [
    scopeRegion === region ? "" : `Credential should be scoped to a valid region, not '${scopeRegion}'. `,
    scopeService === service ? "" : `Credential should be scoped to correct service: '${service}'. `,
    terminator === "aws4_request"
      ? ""
      : `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `,
    scopeDate === date.slice(0, 8)
      ? ""
      : `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scopeDate}' != '${date.slice(0, 8)}', from '${date}'.`,
  ].join("");
  if (wrong !== "") throw new SignatureError("InvalidSignature", wrong);
  return accessKeyId;
}

function mismatch({ canonicalRequest, stringToSign }: CalculatedSignature): SignatureError {
  return new SignatureError(
    "InvalidSignature",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details." +
      `\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'` +
      `\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`,
  );
}

function invalidToken(): SignatureError {
  return new SignatureError("UnrecognizedClient", "The security token included in the request is invalid.");
}

/** In constant time, but for the length. */
function areEqual(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}

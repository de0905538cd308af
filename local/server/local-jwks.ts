import { type JsonWebKey, createPrivateKey, createPublicKey } from "node:crypto";
import * as v from "valibot";
import type { KeySet } from "../cognito/user-pool-keys";
import { readJsonOption } from "./json-option";

const text = v.pipe(v.string(), v.nonEmpty("is empty"));

const key = v.pipe(
  v.looseObject({ kid: text, kty: v.literal("RSA"), n: text, e: text, d: v.optional(text) }),
  v.check((jwk) => isKey(jwk), "is no key of RSA"),
);

const SCHEMA = v.looseObject({ keys: v.pipe(v.array(key), v.minLength(1, "is empty")) });

function isKey(jwk: JsonWebKey): boolean {
  const create = jwk.d === undefined ? createPublicKey : createPrivateKey;
  try {
    return create({ key: jwk, format: "jwk" }).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

/**
 * Checks a JSON Web Key Set, or reads one from a file. All of its keys are of RSA, with which Cognito signs.
 * @throws UserError that shows no key
 */
export function readJwks(given: string | KeySet): KeySet {
  return readJsonOption(
    {
      name: "jwks",
      schema: SCHEMA,
      allowed: "a JSON Web Key Set, a list of keys of RSA, each with kid, kty, n and e,",
      mend: "Take the one that the pool publishes, https://cognito-idp.<region>.amazonaws.com/<pool id>/.well-known/jwks.json.",
    },
    given,
  );
}

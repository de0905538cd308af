import { dnsSuffixOf } from "../../aws/partition";
import type { Claims, PublicKey } from "./user-pool-keys";

/** Why a token is not taken. */
export class TokenError extends Error {
  public override readonly name = "TokenError";

  constructor(
    /** Whether nothing else is wrong with it. */
    public readonly isExpired: boolean,
    options: ErrorOptions,
  ) {
    super(isExpired ? "the token has expired" : "the token is not valid", options);
  }
}

/** Reads a token's claims. @throws TokenError */
export type VerifyToken = (token: string) => Promise<Claims>;

/**
 * Takes the tokens that user pools signed with one of these keys. Pools sign with RS256 only, so that is all that is taken.
 * No key is ever fetched.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
export function prepareTokenVerifier(issuers: readonly string[], keys: readonly PublicKey[]): VerifyToken {
  let loaded: ReturnType<typeof loadVerifier> | undefined;
  return async (token) => {
    loaded ??= loadVerifier(issuers, keys);
    const { verifier, JwtExpiredError } = await loaded;
    try {
      return verifier.verifySync(token);
    } catch (error) {
      throw new TokenError(error instanceof JwtExpiredError, { cause: error });
    }
  };
}

/** The library is loaded at the first token: stacks without user pools never need it. */
async function loadVerifier(issuers: readonly string[], keys: readonly PublicKey[]) {
  const { JwtVerifier } = await import("aws-jwt-verify");
  const { JwtExpiredError } = await import("aws-jwt-verify/error");
  const pools = [...new Set(issuers)].map((issuer) => ({ issuer, audience: null }));
  const verifier = JwtVerifier.create(pools);
  const jwks = { keys: keys.map((key) => ({ ...key, alg: "RS256", use: "sig" as const })) };
  for (const { issuer } of pools) verifier.cacheJwks(jwks, issuer);
  return { verifier, JwtExpiredError };
}

/** A user pool by its Region and its id. */
interface PoolReference {
  readonly region: string;
  readonly id: string;
}

/** What is in the `iss` of a user pool's tokens. */
export function issuerOf({ region, id }: PoolReference): string {
  return `https://cognito-idp.${region}.${dnsSuffixOf(region)}/${id}`;
}

import { type JsonWebKey, createPrivateKey, createSign, generateKeyPairSync } from "node:crypto";

/** A public key of RSA by its id, as user pools publish it at `/.well-known/jwks.json`. */
export interface PublicKey {
  readonly kid: string;
  readonly kty: "RSA";
  readonly n: string;
  readonly e: string;
}

/** A JSON Web Key Set. Keys that have their private part can also sign. */
export interface KeySet {
  readonly keys: readonly (PublicKey & JsonWebKey)[];
}

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>;

/** The keys of the user pools: given, or made here once they are needed. */
export class UserPoolKeys {
  private known: KeySet | undefined;

  constructor(given?: KeySet) {
    this.known = given;
  }

  public get publicKeys(): readonly PublicKey[] {
    return this.keySet.keys.map(({ kid, kty, n, e }) => ({ kid, kty, n, e }));
  }

  /** A JSON Web Token of these claims; undefined where all keys are public ones. */
  public sign(claims: Claims): string | undefined {
    const key = this.keySet.keys.find(({ d }) => d !== undefined);
    if (key === undefined) return undefined;
    const content = `${encoded({ kid: key.kid, alg: "RS256" })}.${encoded(claims)}`;
    const privateKey = createPrivateKey({ key, format: "jwk" });
    return `${content}.${createSign("RSA-SHA256").update(content).sign(privateKey, "base64url")}`;
  }

  private get keySet(): KeySet {
    this.known ??= { keys: [newKey()] };
    return this.known;
  }
}

function newKey(): KeySet["keys"][number] {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n = "", e = "", ...secret } = privateKey.export({ format: "jwk" });
  return { ...secret, kid: "local", kty: "RSA", n, e };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

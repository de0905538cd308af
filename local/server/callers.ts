import { randomUUID } from "node:crypto";
import { JavaRegex } from "../../aws/java-pattern/java-regex";
import { issuerOf } from "../cognito/token-verifier";
import { type Claims, type KeySet, UserPoolKeys } from "../cognito/user-pool-keys";
import { type Identity, SAMPLE_ACCESS_KEY } from "../iam/identity";
import type { CognitoAuthorizer, Method, RestApi } from "../terraform/stack-model";
import { type LocalCredentials, identitiesOf, readCredentials } from "./local-credentials";
import { readJwks } from "./local-jwks";
import { UserError } from "./user-error";

/** Who may call methods with an authorization of AWS's own. */
export interface CallerOptions {
  /**
   * Access keys that may sign requests to methods of type `AWS_IAM`, or a JSON file with a list of them.
   * @default one key, `sampleCredentials`, which may call every method
   */
  readonly credentials?: string | readonly LocalCredentials[] | undefined;
  /**
   * Keys of the user pools of methods of type `COGNITO_USER_POOLS`: a JSON Web Key Set, or a file that holds one, such as the
   * pool's own `/.well-known/jwks.json`. With private keys the gateway can sign tokens.
   * @default a new key
   */
  readonly jwks?: string | KeySet | undefined;
}

/** An access key to try methods with. */
export type SampleCredentials = Readonly<Record<"accessKeyId" | "secretAccessKey", string>>;

/** Who may call methods of type `AWS_IAM` and `COGNITO_USER_POOLS`, as long as the gateway runs. */
export class Callers {
  public readonly userPoolKeys: UserPoolKeys;
  public readonly sampleCredentials: SampleCredentials | undefined;
  private readonly credentials: readonly LocalCredentials[];

  /** @throws UserError */
  constructor({ credentials, jwks }: CallerOptions) {
    this.credentials = credentials === undefined ? [SAMPLE_ACCESS_KEY] : readCredentials(credentials);
    this.sampleCredentials = credentials === undefined ? SAMPLE_ACCESS_KEY : undefined;
    this.userPoolKeys = new UserPoolKeys(jwks === undefined ? undefined : readJwks(jwks));
  }

  public identitiesOf(api: RestApi): readonly Identity[] {
    return identitiesOf(this.credentials, api);
  }

  /** A token that a method takes for a day; undefined where it takes none, or the keys are public ones. */
  public tokenFor({ authorizer, authorizationScopes: scopes }: Method): string | undefined {
    if (authorizer?.type !== "COGNITO_USER_POOLS") return undefined;
    const claims = scopes.length === 0 ? {} : { token_use: "access", scope: scopes.join(" ") };
    return this.userPoolKeys.sign({ ...defaultClaims(authorizer, claims), ...claims });
  }

  /**
   * A token of the first user pool of the APIs.
   * @throws UserError where there is none, or no private key
   */
  public sign(apis: readonly RestApi[], claims: Claims): string {
    const authorizer = apis.flatMap(cognitoAuthorizers)[0];
    if (authorizer === undefined) {
      throw new UserError({
        where: "cognitoToken",
        wrong: "has no user pool to be from",
        got: "stacks without methods of type COGNITO_USER_POOLS",
        allowed: "stacks with one are allowed",
        mend: "Serve another stack.",
      });
    }
    const token = this.userPoolKeys.sign({ ...defaultClaims(authorizer, claims), ...claims });
    if (token !== undefined) return token;
    throw new UserError((option) => ({
      where: option("jwks"),
      wrong: "holds public keys only, which can't sign",
      got: "no private key",
      allowed: "a key set with a private key is allowed",
      mend: "Leave it out: the gateway then makes a key of its own.",
    }));
  }
}

function cognitoAuthorizers({ resources }: RestApi): CognitoAuthorizer[] {
  return resources
    .flatMap(({ methods }) => Object.values(methods))
    .flatMap(({ authorizer }) => (authorizer?.type === "COGNITO_USER_POOLS" ? [authorizer] : []));
}

const DAY = 86_400;

/**
 * What Cognito puts into its tokens; an access token has no `aud`.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
function defaultClaims(authorizer: CognitoAuthorizer, { token_use: use = "id" }: Claims): Claims {
  const [pool] = authorizer.userPools;
  const now = Math.floor(Date.now() / 1000);
  const client = clientOf(authorizer);
  return {
    sub: "00000000-0000-4000-8000-000000000000",
    ...(pool && { iss: issuerOf(pool) }),
    token_use: use,
    auth_time: now,
    iat: now,
    exp: now + DAY,
    jti: randomUUID(),
    ...(use === "access"
      ? { client_id: client, username: "local" }
      : { aud: client, "cognito:username": "local", email: "local@example.com", email_verified: true }),
  };
}

/** An app client's id that the authorizer's expression lets through, where that is one id between anchors, or none. */
function clientOf({ identityValidationExpression: expression = "" }: CognitoAuthorizer): string {
  if (expression === "" || JavaRegex.compile(expression).matches("local")) return "local";
  return expression.replace(/^\^|\$$/g, "");
}

import { TokenError, type VerifyToken, issuerOf, prepareTokenVerifier } from "../cognito/token-verifier";
import type { Claims, PublicKey } from "../cognito/user-pool-keys";
import type { CognitoAuthorizer, Method, RestApi } from "../terraform/stack-model";
import type { Authorize } from "./authorization";
import { GatewayError } from "./gateway-error";
import { identitySource, identityValidation, requirePresent } from "./identity-source";
import { decideInvocation, requireAllowed, resourcePolicyOf } from "./invoke-policy";

/**
 * `COGNITO_USER_POOLS`: a token of one of the authorizer's user pools. A method without scopes takes the ID token, one with
 * scopes an access token that has one of them at least. Only then is the API's resource policy asked.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 * That a token without a matching scope is 401, not 403, is AWS's guide's; there is no recording.
 * Left out: tokens that were revoked.
 * @throws JavaPatternError for a validation expression that is not a regular expression, SyntaxError for an unknown identity source.
 */
export function prepareCognitoAuthorization(
  api: RestApi,
  authorizer: CognitoAuthorizer,
  { authorizationScopes: scopes }: Method,
  keys: readonly PublicKey[],
): Authorize {
  const [source = "method.request.header.Authorization"] = authorizer.identitySources;
  const tokenSource = identitySource(source);
  const verify = prepareTokenVerifier(authorizer.userPools.map(issuerOf), keys);
  const isForAudience = prepareAudienceCheck(authorizer.identityValidationExpression);
  const resourcePolicy = resourcePolicyOf(api);
  return async (request) => {
    const sent = requirePresent(tokenSource(request));
    const claims = await verified(verify, sent.replace(/^Bearer /, ""));
    if (!isForAudience(claims) || !isMeantFor(claims, scopes)) throw new GatewayError("UNAUTHORIZED");
    request.context.authorizer.claims = claimTexts(claims);
    if (resourcePolicy !== undefined) requireAllowed(decideInvocation([resourcePolicy], request), request);
    return { authorizer: authorizer.name, cached: false };
  };
}

async function verified(verify: VerifyToken, token: string): Promise<Claims> {
  try {
    return await verify(token);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const text = error.isExpired ? "The incoming token has expired" : undefined;
    throw new GatewayError("UNAUTHORIZED", text, { cause: error.cause });
  }
}

/** The expression is matched with `aud`, which access tokens do not have. */
function prepareAudienceCheck(expression: string | undefined): (claims: Claims) => boolean {
  if (expression === undefined || expression === "") return () => true;
  const matches = identityValidation(expression);
  return ({ aud }) => [aud].flat().some((audience) => typeof audience === "string" && matches(audience));
}

function isMeantFor({ token_use: use, scope }: Claims, scopes: readonly string[]): boolean {
  if (scopes.length === 0) return use === "id";
  if (use !== "access" || typeof scope !== "string") return false;
  const given = scope.split(" ");
  return scopes.some((wanted) => given.includes(wanted));
}

/** API Gateway makes texts of all claims, and of two times a date as Java writes it. */
function claimTexts(claims: Claims): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(name, value)]));
}

function claimText(name: string, value: unknown): string {
  if ((name === "exp" || name === "iat") && typeof value === "number") return javaDate(value * 1000);
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Such as `Fri Jul 29 18:52:53 UTC 2016`. */
function javaDate(time: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  const [weekday = "", day = "", month = "", year = "", clock = ""] = date
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${weekday} ${month} ${day} ${clock} UTC ${year}`;
}

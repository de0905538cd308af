import type { ApiGatewayMethodConfig } from "@cdktf/provider-aws/lib/api-gateway-method";
import type { IConstruct } from "constructs";
import * as v from "valibot";
import type { RestApiReference } from "../api/target-api";
import { HEADER_NAME, oneOf } from "../schema";

/** The kinds, in AWS's words: those of an authorizer, and that of a method without one. */
export const AUTHORIZATION_KINDS = ["TOKEN", "REQUEST", "COGNITO_USER_POOLS", "AWS_IAM"] as const;

/** A kind of authorization. */
export type AuthorizationKind = (typeof AUTHORIZATION_KINDS)[number];

/** Which kind protects the methods. */
export const AUTHORIZATION_SETTINGS = {
  /**
   * `auth-stack` only. Who decides: a Lambda function by a token in a header (`TOKEN`) or by several parts of the request
   * (`REQUEST`), whose invocations and duration Lambda charges; a Cognito user pool (`COGNITO_USER_POOLS`), which charges for
   * its active users; or IAM, by the caller's signature (`AWS_IAM`), which costs nothing.
   */
  authorization: v.optional(
    oneOf(AUTHORIZATION_KINDS, "is not a kind of authorization", 'Write for example "TOKEN".'),
    "TOKEN",
  ),
};

/** The header of a caller's token. */
export const TOKEN_HEADER_SETTINGS = {
  /** `auth-stack` with `TOKEN` or `COGNITO_USER_POOLS`. Header that has the caller's token. */
  authorizerTokenHeader: v.optional(HEADER_NAME, "Authorization"),
};

/** What a mapping template finds in `$context.authorizer`: what a function returned, a token's claims, or nothing. */
export type AuthorizerContext = "function" | "claims" | "nothing";

/** What callers and mapping templates see of an authorization. */
export interface AuthorizationFacts {
  /** Headers that a caller has to send for it. */
  readonly headers: readonly string[];
  readonly context: AuthorizerContext;
}

/** What protects the methods of one REST API. */
export interface Authorization extends IConstruct, AuthorizationFacts {
  /** What each method says. Throws before {@link attachTo}. */
  readonly methodConfig: Pick<
    ApiGatewayMethodConfig,
    "authorization" | "authorizerId" | "authorizationScopes"
  >;
  /**
   * Does it say Allow by a policy, a function's or IAM's? Then a resource policy of the API need not, and must not, since one Allow
   * is enough. After Cognito's yes a resource policy has to say Allow, too.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
   */
  readonly hasPolicy: boolean;
  /**
   * Variable of `$context` that names the caller, for the access log.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
   */
  readonly principal: string;
  /** Ids and ARNs that a deployment freezes. */
  readonly triggers: Readonly<Record<string, string>>;
  /** Makes what the API needs for it. Throws if it is attached already. */
  attachTo(restApi: RestApiReference): void;
}

/** What a method says of its authorization, with scopes of its own where it has such. */
export function methodAuthorization(
  authorizer: Authorization | undefined,
  scopes: readonly string[] = [],
): Authorization["methodConfig"] {
  if (authorizer === undefined) return { authorization: "NONE" };
  return { ...authorizer.methodConfig, ...(scopes.length > 0 && { authorizationScopes: [...scopes] }) };
}

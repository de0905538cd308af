import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { Construct } from "constructs";
import * as v from "valibot";
import type { RestApiReference } from "../api/target-api";
import { filledList, list, text } from "../schema";
import { type Checked, checked, type Only, type Options, type Rule } from "../setting";
import { attached, refuseSecondApi } from "./attached";
import { type Authorization, TOKEN_HEADER_SETTINGS } from "./authorization";

const USER_POOL_ARN = text({
  pattern: "^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/[A-Za-z0-9-]+_[A-Za-z0-9]+$",
  allowed: "the ARN of a Cognito user pool",
  example: "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI",
});

const SCOPE = text({
  pattern: "^[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,512}$",
  allowed: "an OAuth scope: printable characters without spaces, quotes and backslashes",
  example: "orders/write",
});

const COGNITO_SETTINGS = {
  /** `auth-stack` with `COGNITO_USER_POOLS`. Pools whose tokens are let in, of this account and Region or of others. */
  cognitoUserPoolArns: v.optional(
    filledList(
      USER_POOL_ARN,
      "user pool",
      '["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"]',
    ),
  ),
  /**
   * `auth-stack` with `COGNITO_USER_POOLS`. Scopes of which a token needs one. With them callers send access tokens, without
   * them ID tokens; the other kind is answered 401.
   */
  authorizationScopes: v.optional(list(SCOPE, '["orders/write"]'), []),
};

/** Settings of the authorizer of kind `COGNITO_USER_POOLS`. */
export const COGNITO_AUTHORIZER_SETTINGS = { ...COGNITO_SETTINGS, ...TOKEN_HEADER_SETTINGS };

/** API Gateway and the provider refuse an authorizer without a user pool. */
export const USER_POOLS_ARE_GIVEN: Rule<typeof COGNITO_AUTHORIZER_SETTINGS> = {
  setting: "cognitoUserPoolArns",
  isBroken: ({ cognitoUserPoolArns }) => cognitoUserPoolArns === undefined,
  because: ["authorization"],
  wrong: "is missing",
  allowed: "the user pools whose tokens are let in",
  mend: 'Write for example `cognitoUserPoolArns`: ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"].',
};

/** Props of {@link CognitoAuthorizer}. */
export interface CognitoAuthorizerProps extends Options<typeof COGNITO_AUTHORIZER_SETTINGS> {}

type Read = keyof typeof COGNITO_SETTINGS | "authorizerTokenHeader";

/**
 * Authorizer of kind `COGNITO_USER_POOLS`: API Gateway itself checks the token of a user pool.
 *
 * Its resource is made by {@link CognitoAuthorizer.attachTo}, since an authorizer belongs to one REST API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export class CognitoAuthorizer extends Construct implements Authorization {
  public readonly context = "claims";
  public readonly hasPolicy = false;
  public readonly principal = "authorizer.claims.sub";
  public readonly headers: readonly string[];
  private readonly settings: Only<Read, Checked<typeof COGNITO_AUTHORIZER_SETTINGS>>;
  private authorizer?: ApiGatewayAuthorizer;

  constructor(scope: Construct, id: string, props: CognitoAuthorizerProps) {
    super(scope, id);
    const rules = { rules: [USER_POOLS_ARE_GIVEN], around: {} };
    this.settings = checked(this, COGNITO_AUTHORIZER_SETTINGS, props, rules);
    this.headers = [this.settings.authorizerTokenHeader];
  }

  /** Id of the authorizer. Throws before {@link attachTo}. */
  public get authorizerId(): string {
    return attached(this, this.authorizer).id;
  }

  public get methodConfig() {
    const { authorizationScopes } = this.settings;
    return {
      authorization: "COGNITO_USER_POOLS",
      authorizerId: this.authorizerId,
      ...(authorizationScopes.length > 0 ? { authorizationScopes } : {}),
    };
  }

  public get triggers(): Record<string, string> {
    return { authorizer: this.authorizerId };
  }

  public attachTo({ id, namePrefix = "" }: RestApiReference): void {
    refuseSecondApi(this, this.authorizer);
    const { cognitoUserPoolArns, authorizerTokenHeader } = this.settings;
    this.authorizer = new ApiGatewayAuthorizer(this, "Authorizer", {
      restApiId: id,
      name: `${namePrefix}cognito`,
      type: "COGNITO_USER_POOLS",
      identitySource: `method.request.header.${authorizerTokenHeader}`,
      providerArns: cognitoUserPoolArns,
    });
  }
}

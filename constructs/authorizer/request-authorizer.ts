import type { Construct } from "constructs";
import * as v from "valibot";
import type { RestApiReference } from "../api/target-api";
import { filledList } from "../schema";
import { type Checked, checked, type Only, type Options, type Rule } from "../setting";
import { headersIn, IDENTITY_SOURCE, identitySource } from "./identity-source";
import {
  LAMBDA_AUTHORIZER_SETTINGS,
  LambdaAuthorizer,
  type LambdaAuthorizerProps,
} from "./lambda-authorizer";

/** Settings of the authorizer of kind `REQUEST`, besides its function and how it is invoked. */
export const REQUEST_AUTHORIZER_SETTINGS = {
  /**
   * `auth-stack` with `REQUEST`. Parts of the request, of the stage or of `$context` that a request must have, or it is answered
   * 401 without the function; together they are what API Gateway remembers the answer for. The function sees the request's other
   * parts, too, but not its body.
   */
  authorizerIdentitySources: v.optional(
    filledList(
      IDENTITY_SOURCE,
      "part of a request",
      '[{ "header": "X-Api-Client" }, { "query": "signature" }]',
    ),
  ),
};

const SETTINGS = { ...LAMBDA_AUTHORIZER_SETTINGS, ...REQUEST_AUTHORIZER_SETTINGS };

/**
 * What API Gateway refuses, and the provider does not.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html#apigw-CreateAuthorizer-request-identitySource
 */
export const IDENTITY_SOURCES_ARE_GIVEN: Rule<typeof SETTINGS> = {
  setting: "authorizerIdentitySources",
  isBroken: ({ authorizerIdentitySources, authorizerResultTtlSeconds }) =>
    authorizerIdentitySources === undefined && authorizerResultTtlSeconds !== 0,
  because: ["authorization"],
  wrong: "is missing",
  allowed:
    "the parts of a request that tell callers apart, or `authorizerResultTtlSeconds`: 0, since an answer is remembered for them",
  mend: 'Write for example `authorizerIdentitySources`: [{ "header": "X-Api-Client" }].',
};

/** Props of {@link RequestAuthorizer}. */
export interface RequestAuthorizerProps
  extends LambdaAuthorizerProps, Options<typeof REQUEST_AUTHORIZER_SETTINGS> {}

/** Lambda REQUEST authorizer: the function decides by headers, query, stage variables and `$context`. */
export class RequestAuthorizer extends LambdaAuthorizer {
  public readonly headers: readonly string[];
  private readonly settings: Only<"authorizerIdentitySources", Checked<typeof REQUEST_AUTHORIZER_SETTINGS>>;

  constructor(scope: Construct, id: string, props: RequestAuthorizerProps) {
    super(scope, id, props);
    checked(this, SETTINGS, props, { rules: [IDENTITY_SOURCES_ARE_GIVEN], around: {} });
    this.settings = checked(this, REQUEST_AUTHORIZER_SETTINGS, props);
    this.headers = headersIn(this.settings.authorizerIdentitySources ?? []);
  }

  protected override ownConfig({ namePrefix = "" }: RestApiReference) {
    const { authorizerIdentitySources = [] } = this.settings;
    return {
      name: `${namePrefix}request`,
      type: "REQUEST",
      // The provider reads Authorization where nothing is said.
      identitySource: identitySource(authorizerIdentitySources),
    };
  }
}

import type { Construct } from "constructs";
import * as v from "valibot";
import { JavaRegex } from "../../aws/java-pattern/java-regex";
import type { RestApiReference } from "../api/target-api";
import { literal } from "../literal";
import { rule } from "../schema";
import { type Checked, checked, type Only, type Options } from "../setting";
import { TOKEN_HEADER_SETTINGS } from "./authorization";
import { LambdaAuthorizer, type LambdaAuthorizerProps } from "./lambda-authorizer";

const TOKEN_PATTERN_SETTINGS = {
  /**
   * A token must match it before the function is asked; what does not is answered 401. Without it every token is passed
   * on. `auth-stack` with `TOKEN`.
   */
  authorizerTokenPattern: v.optional(
    v.pipe(
      {
        ...v.string(
          rule("is not a text", "a regular expression", 'Write for example "^Bearer [-._~+/A-Za-z0-9]+=*$".'),
        ),
        allowed: "a regular expression of Java",
      },
      v.nonEmpty(rule("is empty", "a regular expression", "Leave the setting out to pass every token on.")),
      v.check(
        isRegularExpression,
        rule("is no regular expression of Java", "a pattern of java.util.regex", "Mend it."),
      ),
    ),
  ),
};

/** Settings of the authorizer of kind `TOKEN`, besides its function and how it is invoked. */
export const TOKEN_AUTHORIZER_SETTINGS = { ...TOKEN_HEADER_SETTINGS, ...TOKEN_PATTERN_SETTINGS };

/** Props of {@link TokenAuthorizer}. */
export interface TokenAuthorizerProps
  extends LambdaAuthorizerProps, Options<typeof TOKEN_AUTHORIZER_SETTINGS> {}

type Read = "authorizerTokenHeader" | "authorizerTokenPattern";

/** Lambda TOKEN authorizer: the function decides by the token in one header, `Authorization` by default. */
export class TokenAuthorizer extends LambdaAuthorizer {
  public readonly headers: readonly string[];
  private readonly settings: Only<Read, Checked<typeof TOKEN_AUTHORIZER_SETTINGS>>;

  constructor(scope: Construct, id: string, props: TokenAuthorizerProps) {
    super(scope, id, props);
    this.settings = checked(this, TOKEN_AUTHORIZER_SETTINGS, props);
    this.headers = [this.settings.authorizerTokenHeader];
  }

  protected override ownConfig({ namePrefix = "" }: RestApiReference) {
    const { authorizerTokenHeader, authorizerTokenPattern = "" } = this.settings;
    return {
      name: `${namePrefix}token`,
      type: "TOKEN",
      identitySource: `method.request.header.${authorizerTokenHeader}`,
      identityValidationExpression: literal(authorizerTokenPattern),
    };
  }
}

function isRegularExpression(text: string): boolean {
  try {
    JavaRegex.compile(text);
    return true;
  } catch {
    return false;
  }
}

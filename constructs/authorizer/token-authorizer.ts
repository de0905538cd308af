import {
  ApiGatewayAuthorizer,
  type ApiGatewayAuthorizerConfig,
} from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { LambdaPermission, type LambdaPermissionConfig } from "@cdktf/provider-aws/lib/lambda-permission";
import { Fn, Op, type Precondition, type TerraformMetaArguments } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import { JavaRegex } from "../../aws/java-pattern/java-regex";
import type { RestApiReference } from "../api/target-api";
import type { AwsLocation } from "../aws-location";
import { literal } from "../literal";
import { rule, text, wholeNumber } from "../schema";
import { type Checked, checked, type Only, type Options } from "../setting";

/** A Lambda function's ARN, plain or with a version or an alias, in the syntax that JavaScript and Terraform (RE2) share. */
export const LAMBDA_ARN_PATTERN =
  "^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,140}(:[A-Za-z0-9_-]{1,128})?$";

/** The function that decides. */
export const AUTHORIZER_FUNCTION_SETTINGS = {
  /** `auth-stack` only. ARN of your authorizer, plain or with a version or an alias, in the API's Region. */
  authorizerLambdaArn: v.optional(
    text({
      pattern: LAMBDA_ARN_PATTERN,
      allowed: "the ARN of a Lambda function, plain or with a version or an alias",
      example: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
      refused: {
        pattern: /:[$]LATEST$/,
        wrong: "ends in $LATEST, for which Lambda gives no permission",
        mend: 'Drop ":$LATEST": without it the ARN means the same code.',
      },
      mayBeToken: true,
    }),
  ),
};

/** Settings of the authorizer, besides its function. */
export const AUTHORIZER_SETTINGS = {
  /** How long API Gateway remembers the answer for a token; 0 asks the function at each request. `auth-stack` only. */
  authorizerResultTtlSeconds: v.optional(wholeNumber(0, 3600, "seconds"), 300),
  /**
   * A token must match it before the function is asked; what does not is answered 401. Without it every token is passed
   * on. `auth-stack` only.
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

/** Props of {@link TokenAuthorizer}. */
export interface TokenAuthorizerProps extends Options<typeof AUTHORIZER_SETTINGS> {
  readonly location: AwsLocation;
  /** ARN of the Lambda function that decides: plain, or with a version or an alias. In the API's own Region. */
  readonly authorizerLambdaArn: string;
}

const SETTINGS = { ...AUTHORIZER_FUNCTION_SETTINGS, ...AUTHORIZER_SETTINGS };

type AuthorizerAttribute = Exclude<keyof ApiGatewayAuthorizerConfig, keyof TerraformMetaArguments>;

/**
 * Lambda TOKEN authorizer that reads the `Authorization` header, with the permission that lets this authorizer of this
 * API, and nothing else, invoke the function.
 *
 * Its resources are made by {@link TokenAuthorizer.attachTo}, since an authorizer belongs to one REST API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export class TokenAuthorizer extends Construct {
  public readonly functionArn: string;
  private readonly location: AwsLocation;
  private readonly settings: Checked<typeof AUTHORIZER_SETTINGS>;
  private authorizer?: ApiGatewayAuthorizer;

  constructor(scope: Construct, id: string, props: TokenAuthorizerProps) {
    super(scope, id);
    this.location = props.location;
    const { authorizerLambdaArn = "", ...settings } = checked(this, SETTINGS, props);
    this.functionArn = authorizerLambdaArn;
    this.settings = settings;
  }

  /** Id of the authorizer. Throws before {@link attachTo}. */
  public get authorizerId(): string {
    if (!this.authorizer) {
      throw new Error(`${this.node.path}: is not attached to a REST API. Call attachTo first.`);
    }
    return this.authorizer.id;
  }

  /** Makes the authorizer of `restApi`. Throws if it has one already. */
  public attachTo(restApi: RestApiReference): void {
    if (this.authorizer) {
      throw new Error(
        `${this.node.path}: is attached to a REST API already. Make one authorizer for each API.`,
      );
    }
    const { partition, regionName } = this.location;
    const { authorizerResultTtlSeconds, authorizerTokenPattern = "", ...attributes } = this.settings;
    this.authorizer = new ApiGatewayAuthorizer(this, "Authorizer", {
      restApiId: restApi.id,
      name: `${restApi.namePrefix ?? ""}token`,
      type: "TOKEN",
      identitySource: "method.request.header.Authorization",
      authorizerUri: `arn:${partition}:apigateway:${regionName}:lambda:path/2015-03-31/functions/${this.functionArn}/invocations`,
      authorizerResultTtlInSeconds: authorizerResultTtlSeconds,
      identityValidationExpression: literal(authorizerTokenPattern),
      ...(attributes satisfies Only<AuthorizerAttribute, typeof attributes>),
      lifecycle: { precondition: [inRegion(this.functionArn, regionName)] },
    });
    new LambdaPermission(this, "Permission", {
      action: "lambda:InvokeFunction",
      ...lambdaArnParts(this.functionArn),
      principal: "apigateway.amazonaws.com",
      sourceArn: `${restApi.executionArn}/authorizers/${this.authorizer.id}`,
    });
  }
}

/** API Gateway invokes authorizers of its own Region only; Terraform checks it, since both may be variables. */
function inRegion(functionArn: string, regionName: string): Precondition {
  const region = Fn.element(Fn.split(":", functionArn), 3) as string;
  return {
    condition: Op.eq(region, regionName),
    errorMessage: `authorizer_lambda_arn: is in another Region than the API, got ${functionArn}; the API is in ${regionName}. Give a function of that Region.`,
  };
}

/**
 * Splits a Lambda function's ARN, which may be a Terraform variable, into what `aws_lambda_permission` takes: the ARN
 * without its version or alias, and that qualifier (null without one).
 */
function lambdaArnParts(functionArn: string): Pick<LambdaPermissionConfig, "functionName" | "qualifier"> {
  const parts = Fn.split(":", functionArn);
  const unqualifiedLength = 7; // arn:partition:lambda:region:account:function:name
  return {
    functionName: Fn.join(":", Fn.slice(parts, 0, unqualifiedLength) as string[]),
    qualifier: Fn.conditional(
      Op.gt(Fn.lengthOf(parts), unqualifiedLength),
      Fn.element(parts, unqualifiedLength),
      null,
    ) as string,
  };
}

function isRegularExpression(text: string): boolean {
  try {
    JavaRegex.compile(text);
    return true;
  } catch {
    return false;
  }
}

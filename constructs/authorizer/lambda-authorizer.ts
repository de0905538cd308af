import {
  ApiGatewayAuthorizer,
  type ApiGatewayAuthorizerConfig,
} from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Precondition } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import type { RestApiReference } from "../api/target-api";
import type { AwsLocation } from "../aws-location";
import { oneOf, text, wholeNumber } from "../schema";
import { type Checked, checked, type Only, type Options } from "../setting";
import { attached, refuseSecondApi } from "./attached";
import type { Authorization } from "./authorization";
import { InvocationRole } from "./invocation-role";
import { LAMBDA_ARN_PATTERN, lambdaArnParts, lambdaRegion } from "../lambda/lambda-arn";

/** The function that decides. */
export const AUTHORIZER_FUNCTION_SETTINGS = {
  /**
   * `auth-stack` only. ARN of your authorizer, plain or with a version or an alias, in the API's Region, unless its owner gives
   * the permission.
   */
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

/** Settings of every authorizer that is a Lambda function. */
export const LAMBDA_AUTHORIZER_SETTINGS = {
  /**
   * How long API Gateway remembers the answer for a token, or for the identity sources together; 0 asks the function at each
   * request. `auth-stack` only.
   */
  authorizerResultTtlSeconds: v.optional(wholeNumber(0, 3600, "seconds"), 300),
  /**
   * `auth-stack` with `TOKEN` or `REQUEST`. What lets API Gateway invoke the function: a `permission` that the stack adds to it; a
   * `role` of the stack's; or `owners-permission`, which the owner of a function in another account or Region gives with the
   * command in the output `authorizer_permission_command`. Until then every request is answered 500.
   */
  authorizerInvocation: v.optional(
    oneOf(
      ["permission", "role", "owners-permission"],
      "is not a way to invoke the authorizer",
      'Write for example "role".',
    ),
    "permission",
  ),
};

/** Props of every authorizer that is a Lambda function. */
export interface LambdaAuthorizerProps extends Options<typeof LAMBDA_AUTHORIZER_SETTINGS> {
  readonly location: AwsLocation;
  /**
   * ARN of the Lambda function that decides: plain, or with a version or an alias. In the API's own Region, unless
   * `authorizerInvocation` is `owners-permission`.
   */
  readonly authorizerLambdaArn: string;
}

const SETTINGS = { ...AUTHORIZER_FUNCTION_SETTINGS, ...LAMBDA_AUTHORIZER_SETTINGS };

type Read = "authorizerResultTtlSeconds" | "authorizerInvocation";

/** What the kinds of Lambda authorizers say of themselves. */
type OwnConfig = Pick<
  ApiGatewayAuthorizerConfig,
  "name" | "type" | "identitySource" | "identityValidationExpression"
>;

/**
 * An authorizer that is a Lambda function, with what lets this authorizer of this API, and nothing else, invoke the function.
 *
 * Its resources are made by {@link LambdaAuthorizer.attachTo}, since an authorizer belongs to one REST API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export abstract class LambdaAuthorizer extends Construct implements Authorization {
  public readonly context = "function";
  public readonly hasPolicy = true;
  public readonly principal = "authorizer.principalId";
  public readonly functionArn: string;
  public abstract readonly headers: readonly string[];
  private readonly location: AwsLocation;
  private readonly invocation: Only<Read, Checked<typeof LAMBDA_AUTHORIZER_SETTINGS>>;
  private authorizer?: ApiGatewayAuthorizer;
  private sourceArn?: string;

  constructor(scope: Construct, id: string, props: LambdaAuthorizerProps) {
    super(scope, id);
    this.location = props.location;
    const { authorizerLambdaArn = "", ...settings } = checked(this, SETTINGS, props);
    this.functionArn = authorizerLambdaArn;
    this.invocation = settings;
  }

  /** Id of the authorizer. Throws before {@link attachTo}. */
  public get authorizerId(): string {
    return attached(this, this.authorizer).id;
  }

  public get methodConfig() {
    return { authorization: "CUSTOM", authorizerId: this.authorizerId };
  }

  public get triggers(): Record<string, string> {
    return { authorizer: this.authorizerId, authorizer_function: this.functionArn };
  }

  /**
   * The command by which the function's owner lets this authorizer invoke it, where the stack does not.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-cross-account-lambda-authorizer.html
   */
  public get permissionCommand(): string | undefined {
    if (this.invocation.authorizerInvocation !== "owners-permission") return undefined;
    const options = {
      region: lambdaRegion(this.functionArn),
      "function-name": this.functionArn,
      "statement-id": `queue-leveling-${this.authorizerId}`,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      "source-arn": attached(this, this.sourceArn),
    };
    const written = Object.entries(options).map(([name, value]) => `--${name} ${value}`);
    return ["aws lambda add-permission", ...written].join(" ");
  }

  /** Makes the authorizer of `restApi`. Throws if it has one already. */
  public attachTo(restApi: RestApiReference): void {
    refuseSecondApi(this, this.authorizer);
    const { authorizerInvocation, authorizerResultTtlSeconds } = this.invocation;
    const isElsewhere = authorizerInvocation === "owners-permission";
    const regionName = isElsewhere ? lambdaRegion(this.functionArn) : this.location.regionName;
    this.authorizer = new ApiGatewayAuthorizer(this, "Authorizer", {
      restApiId: restApi.id,
      authorizerUri: `arn:${this.location.partition}:apigateway:${regionName}:lambda:path/2015-03-31/functions/${this.functionArn}/invocations`,
      authorizerResultTtlInSeconds: authorizerResultTtlSeconds,
      ...this.ownConfig(restApi),
      ...(authorizerInvocation === "role"
        ? { authorizerCredentials: new InvocationRole(this, "InvocationRole", this.functionArn).role.arn }
        : {}),
      ...(isElsewhere ? {} : { lifecycle: { precondition: [this.inRegion()] } }),
    });
    this.sourceArn = `${restApi.executionArn}/authorizers/${this.authorizer.id}`;
    if (authorizerInvocation === "permission") {
      new LambdaPermission(this, "Permission", {
        action: "lambda:InvokeFunction",
        ...lambdaArnParts(this.functionArn),
        principal: "apigateway.amazonaws.com",
        sourceArn: this.sourceArn,
      });
    }
  }

  protected abstract ownConfig(restApi: RestApiReference): OwnConfig;

  /** Lambda adds permissions in the API's Region only. */
  private inRegion(): Precondition {
    const region = lambdaRegion(this.functionArn);
    return this.location.sameRegion(this.functionArn, "authorizer_lambda_arn", {
      region,
      thing: "a function",
    });
  }
}

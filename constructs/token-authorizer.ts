import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Fn, Op, type Precondition } from "cdktf";
import { Construct } from "constructs";
import type { AwsLocation } from "./aws-location";
import { lambdaArnParts } from "./lambda-arn-parts";
import { literal } from "./literal";

/** Options of the authorizer. */
export interface TokenAuthorizerOptions {
  /**
   * Seconds that API Gateway remembers the answer for a token, 0 to 3,600; 0 asks the function at each request.
   * @default 300
   */
  readonly resultTtlSeconds?: number;
  /**
   * Regular expression that a token must match before the function is asked; what does not is answered 401.
   * @default - every token is passed on
   */
  readonly tokenPattern?: string;
}

/** Props of {@link TokenAuthorizer}. */
export interface TokenAuthorizerProps extends TokenAuthorizerOptions {
  readonly location: AwsLocation;
  /** ARN of the Lambda function that decides: plain, or with a version or an alias. In the API's own Region. */
  readonly functionArn: string;
}

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
  private readonly options: TokenAuthorizerOptions;
  private authorizer?: ApiGatewayAuthorizer;

  constructor(scope: Construct, id: string, { location, functionArn, ...options }: TokenAuthorizerProps) {
    super(scope, id);
    this.location = location;
    this.functionArn = functionArn;
    this.options = options;
  }

  /** Id of the authorizer. Throws before {@link attachTo}. */
  public get authorizerId(): string {
    if (!this.authorizer) {
      throw new Error(`${this.node.path}: is not attached to a REST API. Call attachTo first.`);
    }
    return this.authorizer.id;
  }

  /** Makes the authorizer of `restApi`. Throws if it has one already. */
  public attachTo(restApi: ApiGatewayRestApi): void {
    if (this.authorizer) {
      throw new Error(
        `${this.node.path}: is attached to a REST API already. Make one authorizer for each API.`,
      );
    }
    const { partition, regionName } = this.location;
    const { resultTtlSeconds = 300, tokenPattern = "" } = this.options;
    this.authorizer = new ApiGatewayAuthorizer(this, "Authorizer", {
      restApiId: restApi.id,
      name: "token",
      type: "TOKEN",
      identitySource: "method.request.header.Authorization",
      authorizerUri: `arn:${partition}:apigateway:${regionName}:lambda:path/2015-03-31/functions/${this.functionArn}/invocations`,
      authorizerResultTtlInSeconds: resultTtlSeconds,
      identityValidationExpression: literal(tokenPattern),
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

import type { Construct } from "constructs";
import { QueueLeveling } from "../constructs/queue-leveling";
import { TokenAuthorizer } from "../constructs/token-authorizer";
import { LevelingStack, type LevelingStackProps } from "./leveling-stack";
import { authorizerLambdaArnVariable } from "./variables";

/** Props of {@link AuthStack}. */
export interface AuthStackProps extends LevelingStackProps {
  /** @default - Terraform asks for it */
  readonly authorizerLambdaArn?: string;
  /**
   * Seconds, 0 to 3,600.
   * @default 300
   */
  readonly authorizerResultTtlSeconds?: number;
  /** @default - every token is passed to the function */
  readonly authorizerTokenPattern?: string;
}

/** The pattern behind a Lambda TOKEN authorizer: callers send a token in the `Authorization` header. */
export class AuthStack extends LevelingStack {
  constructor(scope: Construct, id: string, props: AuthStackProps) {
    super(scope, id, props);
    const { authorizerLambdaArn, authorizerResultTtlSeconds, authorizerTokenPattern } = props;
    const authorizer = new TokenAuthorizer(this, "Authorizer", {
      location: this.levelingProps.location,
      functionArn: authorizerLambdaArnVariable(this, authorizerLambdaArn).stringValue,
      ...(authorizerResultTtlSeconds === undefined ? {} : { resultTtlSeconds: authorizerResultTtlSeconds }),
      ...(authorizerTokenPattern === undefined ? {} : { tokenPattern: authorizerTokenPattern }),
    });
    const leveling = new QueueLeveling(this, "QueueLeveling", { ...this.levelingProps, authorizer });
    this.addOutputs(leveling, ["Authorization: testtoken"]);
  }
}

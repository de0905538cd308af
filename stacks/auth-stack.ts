import type { Construct } from "constructs";
import {
  type AUTHORIZER_FUNCTION_SETTINGS,
  type AUTHORIZER_SETTINGS,
  TokenAuthorizer,
} from "../constructs/authorizer/token-authorizer";
import { QueueLeveling } from "../constructs/queue-leveling";
import type { Only, Options } from "../constructs/setting";
import { LevelingStack, type LevelingStackProps } from "./leveling-stack";
import { authorizerLambdaArnVariable } from "./variables";

/** Props of {@link AuthStack}. Terraform asks for the authorizer's ARN where there is none. */
export interface AuthStackProps
  extends
    LevelingStackProps,
    Only<"authorizerLambdaArn", Options<typeof AUTHORIZER_FUNCTION_SETTINGS>>,
    Options<typeof AUTHORIZER_SETTINGS> {}

/** The pattern behind a Lambda TOKEN authorizer: callers send a token in the `Authorization` header. */
export class AuthStack extends LevelingStack {
  constructor(scope: Construct, id: string, props: AuthStackProps) {
    super(scope, id, props);
    const authorizer = new TokenAuthorizer(this, "Authorizer", {
      ...props,
      location: this.levelingProps.location,
      authorizerLambdaArn: authorizerLambdaArnVariable(this, props.authorizerLambdaArn).stringValue,
    });
    const leveling = new QueueLeveling(this, "QueueLeveling", { ...this.levelingProps, authorizer });
    this.addOutputs(leveling, ["Authorization: testtoken"]);
  }
}

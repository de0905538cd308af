import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { AUTHORIZER_SETTINGS } from "../constructs/authorizer/authorization-rules";
import type { AUTHORIZER_FUNCTION_SETTINGS } from "../constructs/authorizer/lambda-authorizer";
import { QueueLeveling } from "../constructs/queue-leveling";
import type { Only, Options } from "../constructs/setting";
import { createProtection } from "./auth-stack-protection";
import { LevelingStack, type LevelingStackProps } from "./leveling-stack";

/** Props of {@link AuthStack}. Terraform asks for the authorizer's ARN where it is needed and there is none. */
export interface AuthStackProps
  extends
    LevelingStackProps,
    Only<"authorizerLambdaArn", Options<typeof AUTHORIZER_FUNCTION_SETTINGS>>,
    Options<typeof AUTHORIZER_SETTINGS> {}

/** The pattern behind an authorization: by default a Lambda TOKEN authorizer, for callers with a token in `Authorization`. */
export class AuthStack extends LevelingStack {
  constructor(scope: Construct, id: string, props: AuthStackProps) {
    super(scope, id, props);
    const { location } = this.levelingProps;
    const { authorizer, curl, outputs } = createProtection(this, { ...props, location, name: this.fullName });
    const leveling = new QueueLeveling(this, "QueueLeveling", { ...this.levelingProps, authorizer });
    this.finish(leveling, curl);
    for (const [name, { value, description }] of Object.entries(outputs(leveling))) {
      new TerraformOutput(this, name, { value, description, staticId: true });
    }
  }
}

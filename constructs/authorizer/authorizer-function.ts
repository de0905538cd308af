import { Construct } from "constructs";
import * as v from "valibot";
import { addFolderFunction, functionFolder } from "../lambda/folder-function";
import { text } from "../schema";
import { checked, type Only, type Options } from "../setting";

/** Settings of a function that the stack makes. */
export const MADE_FUNCTION_SETTINGS = {
  /**
   * `auth-stack` with `TOKEN` or `REQUEST`. Folder of JavaScript with an `index.js` that exports `handler`: the stack makes the function from it, in the place of `authorizerLambdaArn`. `lambda/token-authorizer` is
   * the sample. Lambda charges for its invocations and their duration; its logs are kept for 14 days.
   */
  authorizerFunctionFolder: v.optional(functionFolder("lambda/token-authorizer")),
  /**
   * `auth-stack` with `authorizerFunctionFolder`. Secrets Manager's secret with the token that the sample admits, in place of the
   * Terraform variable `authorizer_token`, whose value is in the state and in the function's configuration. The function finds the
   * ARN in `AUTHORIZER_TOKEN_SECRET_ARN`, and may read that secret alone. Secrets Manager charges by the month and by the call.
   */
  authorizerTokenSecretArn: v.optional(
    text({
      pattern:
        "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$",
      allowed: "the ARN of a secret, with the six characters that Secrets Manager adds to its name",
      example: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-token-AbCdEf",
      mayBeToken: true,
    }),
  ),
};

/** Props of {@link AuthorizerFunction}. */
export interface AuthorizerFunctionProps extends Options<typeof MADE_FUNCTION_SETTINGS> {
  readonly authorizerFunctionFolder: string;
  /** Name of the function: 1 to 64 letters, digits, hyphens and underscores. */
  readonly functionName: string;
  /**
   * The token that the sample admits: a sensitive Terraform variable, since it must not be in the JSON.
   * @default - the function reads `authorizerTokenSecretArn`, or needs neither
   */
  readonly token?: string | undefined;
  /**
   * Does X-Ray record it?
   * @default false
   */
  readonly xrayTracing?: boolean | undefined;
}

type Read = keyof typeof MADE_FUNCTION_SETTINGS;

/** A Lambda function that authorizes callers, made from a folder, with its role and its log group. */
export class AuthorizerFunction extends Construct {
  public readonly functionArn: string;

  constructor(scope: Construct, id: string, props: AuthorizerFunctionProps) {
    super(scope, id);
    const settings = checked(this, MADE_FUNCTION_SETTINGS, props);
    const {
      authorizerFunctionFolder: folder = "",
      authorizerTokenSecretArn: secretArn,
    }: Only<Read, typeof settings> = settings;
    const { functionName, token, xrayTracing = false } = props;
    this.functionArn = addFolderFunction(this, {
      folder,
      functionName,
      name: "authorizer-function",
      description: "Authorizes the callers of an API",
      memorySize: 128,
      timeout: 10,
      statements:
        secretArn === undefined
          ? []
          : [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn }],
      xrayTracing,
      environment: { AUTHORIZER_TOKEN: token, AUTHORIZER_TOKEN_SECRET_ARN: secretArn },
    }).arn;
  }
}

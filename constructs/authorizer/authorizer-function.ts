import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import * as v from "valibot";
import { policyJson, trustOf } from "../policy-json";
import { rule, text } from "../schema";
import { checked, type Only, type Options } from "../setting";
import { ENTRY_FILES, FolderArchive, holdsHandler } from "./folder-archive";

const FOLDER = `a folder with ${ENTRY_FILES.join(", ")}, by its path from the project's folder`;
const FOLDER_EXAMPLE = 'Write for example "lambda/token-authorizer".';

/** Settings of a function that the stack makes. */
export const MADE_FUNCTION_SETTINGS = {
  /**
   * `auth-stack` with `TOKEN` or `REQUEST`. Folder of JavaScript with an `index.js` that exports `handler`: the stack makes the function from it, in the place of `authorizerLambdaArn`. `lambda/token-authorizer` is
   * the sample. Lambda charges for its invocations and their duration; its logs are kept for 14 days.
   */
  authorizerFunctionFolder: v.optional(
    v.pipe(
      { ...v.string(rule("is not a text", FOLDER, FOLDER_EXAMPLE)), allowed: FOLDER },
      v.check(holdsHandler, rule("holds no handler that can be read", FOLDER, FOLDER_EXAMPLE)),
    ),
  ),
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

type Statement = Readonly<Record<string, unknown>>;

/**
 * X-Ray has no resources to name.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
const TRACE_STATEMENT: Statement = {
  Effect: "Allow",
  Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  Resource: "*",
};

/** A Lambda function that authorizes callers, made from a folder, with its role and its log group. */
export class AuthorizerFunction extends Construct {
  public readonly functionArn: string;

  constructor(scope: Construct, id: string, props: AuthorizerFunctionProps) {
    super(scope, id);
    const settings = checked(this, MADE_FUNCTION_SETTINGS, props);
    const {
      authorizerFunctionFolder = "",
      authorizerTokenSecretArn: secretArn,
    }: Only<Read, typeof settings> = settings;
    const { functionName, token, xrayTracing = false } = props;
    const archive = new FolderArchive(this, "Archive", authorizerFunctionFolder, "authorizer-function.zip");
    // Lambda would make a group that keeps its logs for ever.
    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: 14,
    });
    const { role, policy } = this.createRole(functionName, [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroup.arn}:*`,
      },
      ...(secretArn === undefined
        ? []
        : [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn }]),
      ...(xrayTracing ? [TRACE_STATEMENT] : []),
    ]);
    this.functionArn = new LambdaFunction(this, "Function", {
      functionName,
      description: "Authorizes the callers of an API",
      role: role.arn,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memorySize: 128,
      timeout: 10,
      handler: "index.handler",
      filename: archive.path,
      sourceCodeHash: archive.sha256,
      // PassThrough is Lambda's own choice. Left out, the provider would keep what the function has.
      tracingConfig: { mode: xrayTracing ? "Active" : "PassThrough" },
      ...environment({ AUTHORIZER_TOKEN: token, AUTHORIZER_TOKEN_SECRET_ARN: secretArn }),
      dependsOn: [logGroup, policy],
    }).arn;
  }

  private createRole(functionName: string, statements: readonly Statement[]) {
    const role = new IamRole(this, "Role", {
      namePrefix: "queue-leveling-",
      description: `Role of the function ${functionName}`,
      assumeRolePolicy: trustOf("lambda.amazonaws.com"),
    });
    const policy = new IamRolePolicy(this, "Policy", {
      name: "authorizer-function",
      role: role.id,
      policy: policyJson(...statements),
    });
    return { role, policy };
  }
}

/** The block with those variables that have a value. */
function environment(values: Readonly<Record<string, string | undefined>>) {
  const variables = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return variables.length === 0 ? {} : { environment: { variables: Object.fromEntries(variables) } };
}

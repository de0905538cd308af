import { resolve } from "node:path";
import type { TerraformResource } from "../terraform-resource";

export interface LambdaFunction {
  readonly address: string;
  /** Without a version or an alias. */
  readonly arn: string;
  /** Path of the ZIP archive with its code; absent where the code is elsewhere. */
  readonly archive?: string | undefined;
  /** Such as `nodejs22.x`; absent where a container image has it. */
  readonly runtime?: string | undefined;
  /** Such as `index.handler`. */
  readonly handler: string;
  /** Seconds; default 3. */
  readonly timeout: number;
  /** Its environment variables: worked out when it runs, since secrets may be among them. Throws `StackError`. */
  readonly environment: () => Readonly<Record<string, string>>;
}

/**
 * `aws_lambda_function` whose code is an archive of this machine.
 * @param folder where a relative `filename` starts
 */
export function readLambdaFunction(lambda: TerraformResource, folder: string): LambdaFunction {
  const archive = lambda.optionalText("filename");
  return {
    address: lambda.address,
    arn: lambda.text("arn"),
    archive: archive === undefined ? undefined : resolve(folder, archive),
    runtime: lambda.optionalText("runtime"),
    handler: lambda.optionalText("handler") ?? "",
    timeout: lambda.optionalNumber("timeout") ?? 3,
    environment: () => lambda.blocks("environment")[0]?.textMap("variables") ?? {},
  };
}

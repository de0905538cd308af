import { resolve } from "node:path";
import type { LambdaFunction } from "../stack-model";
import type { TerraformResource } from "../terraform-resource";

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
    handler: lambda.optionalText("handler") ?? "",
    timeout: lambda.optionalNumber("timeout") ?? 3,
    environment: () => lambda.blocks("environment")[0]?.textMap("variables") ?? {},
  };
}

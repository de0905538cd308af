import { unpackFunction } from "../lambda/unpack-function";
import type { LambdaFunction } from "../terraform/model/lambda-function";
import type { StackModel } from "../terraform/stack-model";

/** Functions that stacks make from archives of this machine. */
export interface MadeFunctions {
  /** The module of each, by the function's ARN. */
  readonly modules: Readonly<Record<string, string>>;
  /** The token that they admit, where they have one in the environment that the sample authorizer reads. */
  readonly token: string | undefined;
}

/**
 * Unpacks the functions that the stacks' authorizers ask. They run in this process, and so with one environment, to which each adds
 * its variables.
 * @throws Error for an archive that can't be run
 */
export function makeFunctions(models: readonly StackModel[]): MadeFunctions {
  const made = models.flatMap(({ lambdaFunctions }) => lambdaFunctions).flatMap(unpacked);
  const environment = Object.assign({}, ...made.map((one) => one.environment())) as Record<string, string>;
  Object.assign(process.env, environment);
  return {
    modules: Object.fromEntries(made.map(({ arn, module }) => [arn, module])),
    token: environment.AUTHORIZER_TOKEN,
  };
}

function unpacked({ archive, handler, ...lambda }: LambdaFunction) {
  return archive === undefined ? [] : [{ ...lambda, module: unpackFunction(archive, handler) }];
}

import { existsSync } from "node:fs";
import { unpackFunction } from "../lambda/unpack-function";
import type { LambdaFunction } from "../terraform/model/lambda-function";
import type { StackModel } from "../terraform/stack-model";

/** Functions that stacks make from archives of this machine. */
export interface MadeFunctions {
  /** The module of each, by the function's ARN. */
  readonly modules: Readonly<Record<string, string>>;
  /** The token that they admit, where they have one in the environment that the sample authorizer reads. */
  readonly token: string | undefined;
  /** Of each that can't run here: why, in one line. */
  readonly notes: readonly string[];
}

/**
 * Unpacks the functions that the stacks' authorizers ask. They run in this process, and so with one environment, to which each adds
 * its variables.
 * @throws Error for an archive that can't be run
 */
export function makeFunctions(models: readonly StackModel[]): MadeFunctions {
  const all = models.flatMap(({ lambdaFunctions }) => lambdaFunctions);
  const made = all.filter((one) => obstacle(one) === undefined).flatMap(unpacked);
  const environment = Object.assign({}, ...made.map((one) => one.environment())) as Record<string, string>;
  Object.assign(process.env, environment);
  return {
    modules: Object.fromEntries(made.map(({ arn, module }) => [arn, module])),
    token: environment.AUTHORIZER_TOKEN,
    notes: all.flatMap((one) => obstacle(one) ?? []),
  };
}

/** What keeps a function from running here, where that is no mistake of its author's. */
function obstacle({ address, runtime = "nodejs", archive }: LambdaFunction): string | undefined {
  const stead =
    "another authorizer stands in: the module of --authorizer, or the sample. AWS_ENDPOINT_URL_LAMBDA invokes the function itself";
  if (!runtime.startsWith("nodejs")) return `${address}: its runtime is ${runtime}, so ${stead}.`;
  if (archive === undefined || existsSync(archive)) return undefined;
  return `${address}: its archive ${archive} is not there, so ${stead}.`;
}

function unpacked({ archive, handler, ...lambda }: LambdaFunction) {
  return archive === undefined ? [] : [{ ...lambda, module: unpackFunction(archive, handler) }];
}

import type { TerraformFunction } from "../expression";
import { ExpressionError, UnknownValueError } from "../expression-error";

/** Functions that give another value each time: Terraform calls them when it plans or applies. */
export const APPLY_TIME_FUNCTIONS: readonly string[] = ["bcrypt", "plantimestamp", "timestamp", "uuid"];

/** Functions whose results can't be had here. */
export const REFUSED_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  ...Object.fromEntries(APPLY_TIME_FUNCTIONS.map((name) => [name, onlyAtApply(name)])),
  rsadecrypt: () => {
    throw new ExpressionError("it is not supported: it needs a private key, which has no place here");
  },
};

function onlyAtApply(name: string): TerraformFunction {
  return () => {
    throw new UnknownValueError(name);
  };
}

import { ExpressionError } from "../expression-error";

/** Why a function is not there; the caller of the evaluator adds the address. */
export function missingFunction(name: string): ExpressionError {
  const provider = /^provider::([\w-]+)::/.exec(name)?.[1];
  const reason =
    provider === undefined
      ? "Terraform 1.11 has none of that name"
      : `it is one of the provider ${provider}, which is not asked`;
  return new ExpressionError(`the function ${name} is not supported by the local gateway: ${reason}`);
}

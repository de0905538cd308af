import type { RestApi, StackModel } from "../terraform/stack-model";
import { UserError } from "./user-error";

/** An API and where it is found. */
export interface MountedApi {
  readonly name: string;
  /** First segment of its URLs' path. */
  readonly prefix: string;
  readonly stack: StackModel;
  readonly api: RestApi;
}

/**
 * An API is found under its stack's name; where a stack has several, under `<stack>.<name of the resource>`, the modules' names
 * before it where that is needed.
 */
export function mountApis(models: readonly StackModel[], files: readonly string[]): MountedApi[] {
  const mounted = models.flatMap((stack) =>
    stack.restApis.map((api) => {
      const { name, restApis } = stack;
      const unique = restApis.length === 1 ? name : `${name}.${nameAmong(api, restApis)}`;
      return { name: unique, prefix: encodeURIComponent(unique), stack, api };
    }),
  );
  const names = mounted.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined && mounted.length > 0) return mounted;
  throw new UserError({
    where: "stacks",
    wrong: twice === undefined ? "hold no REST API" : "have the same name",
    got: twice ?? files.join(", "),
    allowed: "stacks of different names with a REST API each can be served together",
    mend:
      twice === undefined
        ? "Give the root module, plan or state that has an aws_api_gateway_rest_api."
        : "Name others.",
  });
}

function nameAmong({ address }: RestApi, restApis: readonly RestApi[]): string {
  const own = (one: string) => one.replace(/^.*\baws_api_gateway_rest_api\./, "");
  const isAlone = restApis.filter((other) => own(other.address) === own(address)).length === 1;
  const name = isAlone ? own(address) : address.replace(/\bmodule\.|\baws_api_gateway_rest_api\./g, "");
  // A shell would take brackets for a pattern.
  return name.replace(/\["?([^"\]]*)"?\]/g, ".$1");
}

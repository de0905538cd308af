import { messageOf } from "../../errors/mistake";
import { functionName } from "../lambda/function-invoker";
import { HandlerModuleInvoker, handlerFile } from "../lambda/handler-module-invoker";
import { LambdaEndpointInvoker } from "../lambda/lambda-endpoint-invoker";
import type { LambdaAuthorizer, RestApi } from "../terraform/stack-model";
import type { LoadedStacks, LoadOptions, MountedStacks } from "./load-stacks";
import { type MadeFunctions, makeFunctions } from "./made-functions";
import { sampleAuthorizer } from "./sample-authorizer";
import { UserError } from "./user-error";

/**
 * What runs the functions of the stacks' authorizers.
 * @throws UserError where one has no module
 */
export function chooseInvoker(
  options: LoadOptions,
  { models, apis, region }: MountedStacks & Pick<LoadedStacks, "region">,
): Pick<LoadedStacks, "invoker" | "sampleToken" | "authorizerNotes"> {
  const endpoint = options.lambdaEndpoint ?? process.env.AWS_ENDPOINT_URL_LAMBDA;
  if (endpoint !== undefined && endpoint !== "") {
    const invoker = new LambdaEndpointInvoker({ endpoint, region });
    return { invoker, sampleToken: undefined, authorizerNotes: [] };
  }
  const needed = apis.flatMap(({ api }) => authorizersOf(api));
  if (needed.length === 0) {
    return { invoker: new HandlerModuleInvoker({}), sampleToken: undefined, authorizerNotes: [] };
  }
  try {
    const made = options.authorizer === undefined ? makeFunctions(models) : NONE_MADE;
    const authorizers = { ...made.modules, ...options.authorizers };
    const authorizer = options.authorizer ?? options.defaultAuthorizer;
    requireModules({ authorizer, authorizers }, needed, made);
    const isSample =
      authorizer !== undefined &&
      handlerFile(authorizer) === handlerFile(sampleAuthorizer) &&
      Object.keys(authorizers).length === 0;
    return {
      invoker: new HandlerModuleInvoker(authorizers, authorizer),
      sampleToken: isSample ? process.env.AUTHORIZER_TOKEN : made.token,
      authorizerNotes: made.notes,
    };
  } catch (error) {
    throw new UserError(
      (option) => ({
        where: option("authorizer"),
        wrong: "can't run the stacks' authorizers",
        got: messageOf(error).replace(/\.$/, ""),
        allowed:
          "a JavaScript module, or its folder, that exports a function named handler; TypeScript where this process compiles it, as ts-jest and the command do",
        mend: "Correct the path, or set AWS_ENDPOINT_URL_LAMBDA to invoke the functions elsewhere.",
      }),
      { cause: error },
    );
  }
}

/** A module that is named runs in the place of every function. */
const NONE_MADE: MadeFunctions = { modules: {}, token: undefined, notes: [] };

/** Every function needs a module; that a request finds none would be too late. */
function requireModules(
  { authorizer, authorizers = {} }: LoadOptions,
  needed: readonly LambdaAuthorizer[],
  { notes }: MadeFunctions,
): void {
  if (authorizer !== undefined) return;
  const without = needed.find(
    ({ functionArn }) =>
      authorizers[functionArn] === undefined && authorizers[functionName(functionArn)] === undefined,
  );
  if (without !== undefined) throw new Error([`no module for ${without.functionArn}`, ...notes].join("; "));
}

function authorizersOf(api: RestApi): LambdaAuthorizer[] {
  const methods = api.resources.flatMap((resource) => Object.values(resource.methods));
  const authorizers = methods.map(({ authorizer }) => authorizer);
  return [...new Set(authorizers)].filter((one) => one !== undefined && one.type !== "COGNITO_USER_POOLS");
}

import { closest } from "fastest-levenshtein";
import { shown } from "../../errors/mistake";
import type { FunctionInvoker } from "../lambda/function-invoker";
import { withBaselines } from "./baselines";
import { chooseInvoker } from "./choose-invoker";
import { SAMPLE_TOKEN } from "./sample-authorizer";
import { endpointsOf } from "./endpoints";
import { type MountedApi, mountApis } from "./mount-apis";
import { PAGE_PREFIX } from "./page/page";
import { sentTo } from "./reach";
import { notifiedQueues, servedBuckets } from "./served-buckets";
import { type ServedQueue, servedQueues } from "./served-queues";
import { STACK_PATHS, synthesizedStacks } from "./synthesized-stacks";
import { type LoadedStack, loadStack, moduleFolders } from "../terraform/load-stack";
import { declaredVariables, readStack, type StackOptions } from "../terraform/read-stack";
import type { StackModel } from "../terraform/stack-model";
import { type VariableInput, readVariables } from "../terraform/variable-files";
import { UserError } from "./user-error";

/** What decides how stacks are read. */
export interface LoadOptions {
  /** Module that exports the `handler` of every authorizer without one in `authorizers`. */
  readonly authorizer?: string | undefined;
  /** Module for authorizers that have none by the others, and whose function no stack makes. */
  readonly defaultAuthorizer?: string | undefined;
  /** Modules that export a `handler`, by the ARN or the name of the Lambda function. */
  readonly authorizers?: Readonly<Record<string, string>> | undefined;
  /** Where Lambda functions are invoked, instead of in modules. @default the environment's AWS_ENDPOINT_URL_LAMBDA */
  readonly lambdaEndpoint?: string | undefined;
  /**
   * Values of Terraform variables; each is one that a stack declares. In a list, the later one counts, and a text is the path of a
   * file of variables, as of Terraform's `-var-file`.
   */
  readonly variables?: Readonly<Record<string, string>> | readonly VariableInput[] | undefined;
  /** Account that configurations and plans are taken to run in; a state knows its own. @default "000000000000" */
  readonly accountId?: string | undefined;
  /** Values that only an apply tells, by address, such as `random_pet.name.id`. @default texts that are made up */
  readonly standIns?: Readonly<Record<string, string>> | undefined;
  /**
   * Stacks as they were before, for stages that go on serving an earlier deployment, such as those with a canary: the same kind of path as
   * those of the stacks. After a change, what was served before it counts.
   */
  readonly baseline?: string | undefined;
  /** Whether `/` shows a page with requests and queues. @default false */
  readonly page?: boolean | undefined;
}

/** Stacks as they are read, before anything of them runs. */
export interface MountedStacks {
  readonly models: readonly StackModel[];
  readonly apis: readonly MountedApi[];
}

/** The stacks as they stand on disk now. */
export interface LoadedStacks extends MountedStacks {
  /** Folders of the modules that the stacks call. */
  readonly moduleFolders: readonly string[];
  /** Region of the first API. */
  readonly region: string;
  readonly queues: readonly ServedQueue[];
  /** Names of the buckets; undefined where no integration calls S3. */
  readonly buckets: readonly string[] | undefined;
  /** Names of the queues to which methods or buckets send. */
  readonly sentTo: ReadonlySet<string>;
  readonly invoker: FunctionInvoker;
  /** The token that the sample authorizer accepts, where it runs. */
  readonly sampleToken: string | undefined;
  /** Of each function of an authorizer that can't run here: why, in one line. */
  readonly authorizerNotes: readonly string[];
  /** Value of the variable `webhook_verify_token`, unless a file of variables has it. */
  readonly webhookVerifyToken: string | undefined;
}

/**
 * Reads stacks, and the modules of their authorizers.
 * @param locations each a root module's folder or file, a folder of CDKTF's output, or the output of `terraform show -json`
 * @param earlier what was served before
 * @throws StackError for a stack that can't be served; UserError for what does not fit together
 */
export async function loadStacks(
  options: LoadOptions,
  locations: readonly string[],
  earlier?: readonly MountedApi[],
): Promise<LoadedStacks> {
  const { models, apis: mounted, moduleFolders } = await mountStacks(options, locations);
  const apis = withBaselines(mounted, earlier ?? (await baselineOf(options)));
  refuseSharedQueues(models);
  if (options.page) refusePagePrefix(apis);
  const region = apis[0]?.api.region ?? "us-east-1";
  const queuesSentTo = [
    ...apis.flatMap(({ api }) => endpointsOf(api, () => "").flatMap(({ reaches = [] }) => sentTo(reaches))),
    ...models.flatMap((model) => notifiedQueues(model).map(({ queueName }) => queueName)),
  ];
  return {
    models,
    apis,
    moduleFolders,
    region,
    queues: servedQueues(models),
    buckets: servedBuckets(models),
    sentTo: new Set(queuesSentTo),
    webhookVerifyToken:
      valuesIn(options.variables).webhook_verify_token ?? environment().TF_VAR_webhook_verify_token,
    ...chooseInvoker(options, { models, apis, region }),
  };
}

async function baselineOf({ baseline, ...options }: LoadOptions): Promise<readonly MountedApi[]> {
  return baseline === undefined ? [] : (await mountStacks(options, [baseline])).apis;
}

/** The values that are given one by one. */
function valuesIn(variables: LoadOptions["variables"]): Readonly<Record<string, string>> {
  return Object.assign({}, ...inputsOf(variables).filter((input) => typeof input === "object")) as Record<
    string,
    string
  >;
}

function inputsOf(variables: LoadOptions["variables"] = []): readonly VariableInput[] {
  return [variables].flat();
}

/**
 * Reads stacks alone.
 * @throws StackError; UserError for what does not fit together
 */
export async function mountStacks(
  {
    variables,
    standIns,
    accountId,
    sensitiveStandIn,
  }: Pick<LoadOptions, "variables" | "standIns" | "accountId"> & Pick<StackOptions, "sensitiveStandIn">,
  locations: readonly string[],
): Promise<MountedStacks & Pick<LoadedStacks, "moduleFolders">> {
  requirePaths(locations);
  const files = locations.flatMap(synthesizedStacks);
  const stacks = await Promise.all(files.map(loadStack));
  refuseUndeclared(valuesIn(variables), stacks);
  const given = await readVariables(inputsOf(variables));
  const models = stacks.map((loaded) =>
    readStack({
      loaded,
      variables: given,
      standIns,
      accountId,
      sensitiveStandIn,
      environment: environment(),
    }),
  );
  return { models, apis: mountApis(models, files), moduleFolders: stacks.flatMap(moduleFolders) };
}

/**
 * A function that the stack makes from the sample admits the sample's token, and a handshake the same as verify token, unless others
 * are given.
 */
function environment(): NodeJS.ProcessEnv {
  return {
    TF_VAR_authorizer_token: process.env.AUTHORIZER_TOKEN ?? SAMPLE_TOKEN,
    TF_VAR_webhook_verify_token: SAMPLE_TOKEN,
    ...process.env,
  };
}

/** JavaScript has no types. */
function requirePaths(locations: unknown): void {
  if (Array.isArray(locations) && locations.every((location) => typeof location === "string")) return;
  throw new UserError({
    where: "stacks",
    wrong: "is no list of paths",
    got: shown(locations),
    allowed: `a list is allowed, each in it ${STACK_PATHS}`,
    mend: 'Write stacks: ["cdktf.out"].',
  });
}

/** Several stacks share one set of values, but each is meant for one of them at least. */
function refuseUndeclared(variables: Readonly<Record<string, string>>, stacks: readonly LoadedStack[]): void {
  const names = Object.keys(variables);
  if (names.length === 0) return;
  const declared = [...new Set(stacks.flatMap(declaredVariables))];
  const unknown = names.find((name) => !declared.includes(name));
  if (unknown === undefined) return;
  throw new UserError((option) => ({
    where: option("variables"),
    wrong: "no stack declares this variable",
    got: JSON.stringify(unknown),
    allowed: declared.length === 0 ? "the stacks declare none" : `${declared.join(", ")} are allowed`,
    mend: declared.length === 0 ? "Leave it out." : `Write ${closest(unknown, declared)}, or leave it out.`,
  }));
}

/** Terraform would apply both, and the second apply would take the queue over: a destroy of either then takes it away. */
function refuseSharedQueues(models: readonly StackModel[]): void {
  const owners = new Map<string, string>();
  for (const { name, queues } of models) {
    for (const { arn, address } of queues) {
      const owner = owners.get(arn);
      if (owner !== undefined) {
        throw new UserError({
          where: "stacks",
          wrong: `${owner} and ${address} of ${name} are one queue`,
          got: arn,
          allowed: "each stack needs a queue of its own, or sends to one that exists",
          mend: "Give one of them another queue name.",
        });
      }
      owners.set(arn, `${address} of ${name}`);
    }
  }
}

function refusePagePrefix(apis: readonly MountedApi[]): void {
  if (!apis.some(({ prefix }) => prefix === PAGE_PREFIX)) return;
  throw new UserError((option) => ({
    where: "stacks",
    wrong: "would hide the page's own files",
    got: `a stack ${PAGE_PREFIX}`,
    allowed: "any other name is allowed",
    mend: `Rename it, or switch the page off with ${option("page: false")}.`,
  }));
}

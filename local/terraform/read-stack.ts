import { join } from "node:path";
import { queueArn } from "../../aws/arn";
import { Configuration } from "./configuration/configuration";
import { planBlocks } from "./configuration/plan-blocks";
import { PlannedValues } from "./configuration/planned-values";
import { withExistingRestApis } from "./configuration/existing-rest-apis";
import { type ModuleDocument, moduleBlocks } from "./configuration/module-blocks";
import { type VariableValues, givenVariables } from "./configuration/variables";
import { type ObjectValue, isObject } from "./expression/value";
import { withImportedBodies } from "./import/imported-resources";
import { calledModules } from "./load-module";
import { type LoadedStack, loadedDocument } from "./load-stack";
import { type Bucket, readBucket } from "./model/bucket";
import { readEventSourceMappings } from "./model/event-source-mapping";
import { readLambdaFunction } from "./model/lambda-function";
import { readLambdaPermission } from "./model/lambda-permission";
import { passedOver } from "./model/passed-over";
import { type Queue, readQueue } from "./model/queue";
import { undeterminedParts } from "./model/undetermined";
import { refuseStrays, refuseTwins } from "./model/refusals";
import { readRestApi } from "./model/rest-api";
import { readRole } from "./model/role";
import { fixedBucket, s3Target } from "./s3-target";
import { fixedQueue, sqsTarget } from "./sqs-target";
import { ProblemList } from "./stack-error";
import type { LambdaAuthorizer, Method, RestApi, StackModel } from "./stack-model";
import { StateResources, isState } from "./state-resources";
import type { TerraformResource, TerraformResources } from "./terraform-resource";

/** Where a stack is read from, and what it needs to know besides. */
export type StackSource = StackLocation & StackOptions;

/** What was loaded from a path. */
export type StackLocation =
  | { readonly loaded: LoadedStack }
  | {
      /** The parsed content of a `*.tf.json` file, or the output of `terraform show -json`. */
      readonly document: Readonly<Record<string, unknown>>;
    };

export interface StackOptions {
  /** @default the folder of the configuration, or the name of a state or plan file without `.json` */
  readonly name?: string;
  /**
   * Values of Terraform variables; they win over `TF_VAR_…` and the stack's own files of variables. Names that the stack does
   * not declare are ignored, so that several stacks can share one set.
   */
  readonly variables?: VariableValues;
  /** Values that only an apply tells, by address: `random_pet.name.id`. */
  readonly standIns?: Readonly<Record<string, string>> | undefined;
  /** Stands for sensitive variables that have no value: whoever only looks at a stack needs no secrets. */
  readonly sensitiveStandIn?: string | undefined;
  /** For `TF_VAR_…`, `TF_WORKSPACE`, and `AWS_REGION` where the provider has no region. @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Account that the stack is taken to run in; a state knows its own. @default "000000000000" */
  readonly accountId?: string | undefined;
}

/**
 * Reads a stack without Terraform and without AWS: what only AWS would know, such as ids, is made up, always the same.
 * Throws one `StackError` with every problem found.
 */
export function readStack(source: StackSource): StackModel {
  return modelOf(readResources(source));
}

/** A stack's resources, whether the local gateway can serve them or not. */
export interface StackResources {
  readonly name: string;
  /** Where relative paths of the stack start. */
  readonly folder: string;
  /** All files of its modules, each once by its path; of a plan alone, the plan. */
  readonly documents: readonly ModuleDocument[];
  readonly resources: TerraformResources;
}

/** Reads the resources of a stack; their values are worked out as they are asked for, and may throw `StackError` then. */
export function readResources(source: StackSource): StackResources {
  const loaded = "loaded" in source ? source.loaded : ofDocument(source.document);
  const name = source.name ?? loaded.name;
  const resources = withImportedBodies(resourcesOf(name, loaded, source));
  return { name, folder: loaded.folder, documents: documentsOf(loaded), resources };
}

function documentsOf({ name, root, plan }: LoadedStack): readonly ModuleDocument[] {
  if (plan !== undefined && root.documents.length === 0) return [{ file: name, content: plan }];
  const byPath = [root, ...calledModules(root)].flatMap(({ path, documents }) =>
    documents.map(({ file, content }) => [join(path, file), content] as const),
  );
  return Array.from(new Map(byPath), ([file, content]) => ({ file, content }));
}

function resourcesOf(name: string, loaded: LoadedStack, source: StackOptions): TerraformResources {
  const { plan } = loaded;
  const [only] = loaded.root.documents;
  if (only !== undefined && isState(only.content)) return new StateResources(only.content);
  const environment = source.environment ?? process.env;
  const planned = plan && new PlannedValues(plan);
  const isPlanAlone = plan !== undefined && loaded.root.documents.length === 0;
  const blocks = isPlanAlone ? planBlocks(plan) : moduleBlocks(loaded.root);
  return new Configuration(withExistingRestApis(blocks), {
    stackName: name,
    folder: loaded.folder,
    readableFolders: foldersOfModules(loaded),
    environment,
    variables: planned
      ? new Map(planned.variables)
      : givenVariables(environment, loaded.variables, source.variables ?? []),
    planned,
    accountId: source.accountId ?? "000000000000",
    sensitiveStandIn: source.sensitiveStandIn,
    standIns: source.standIns,
  });
}

/** A folder without configuration is no module: whoever names it wants its other files. */
function foldersOfModules({ folder, root }: LoadedStack): readonly string[] {
  return calledModules(root)
    .filter(({ documents }) => documents.length > 0)
    .map(({ path }) => join(folder, path));
}

/** Names of the Terraform variables that may be given to a stack: a plan has its own, a state has none. */
export function declaredVariables({ root, plan }: LoadedStack): readonly string[] {
  if (plan !== undefined) return [];
  return root.documents.some(({ content }) => isState(content))
    ? []
    : [...moduleBlocks(root).variables.keys()];
}

function ofDocument(content: ObjectValue): LoadedStack {
  return loadedDocument({ file: "document", content }, nameInMetadata(content), process.cwd());
}

/** CDK for Terraform leaves the stack's name in a comment. */
function nameInMetadata({ "//": comment }: ObjectValue): string {
  const metadata = isObject(comment) ? comment.metadata : undefined;
  const name = isObject(metadata) ? metadata.stackName : undefined;
  return typeof name === "string" ? name : "stack";
}

/** Throws one `StackError` with every problem found. */
function modelOf({ name, folder, resources }: StackResources): StackModel {
  const problems = new ProblemList();
  problems.attempt(() => {
    refuseStrays(resources, problems);
  });
  const each = <T extends object>(type: string, build: (resource: TerraformResource) => T): readonly T[] =>
    problems.attempt(() => problems.attemptEach(resources.ofType(type), build)) ?? [];
  const restApis = each("aws_api_gateway_rest_api", (api) => readRestApi(api, resources, problems));
  const used = credentialsOf(restApis);
  const queues = each("aws_sqs_queue", (queue) => readQueue(queue, resources));
  const sentTo = queuesSentTo(restApis, queues);
  const buckets = problems.attempt(() => bucketsOf(restApis, resources, problems)) ?? [];
  const roles = problems.attemptEach(problems.attempt(() => rolesOf(used, resources)) ?? [], (role) =>
    readRole(role, resources, [...sentTo, ...askedOf(buckets)]),
  );
  const model: StackModel = {
    name,
    restApis,
    queues,
    buckets,
    roles,
    lambdaPermissions: each("aws_lambda_permission", readLambdaPermission),
    lambdaFunctions: (problems.attempt(() => functionsOf(restApis, resources)) ?? []).flatMap(
      (lambda) => problems.attempt(() => readLambdaFunction(lambda, folder)) ?? [],
    ),
    eventSourceMappings: () => readEventSourceMappings(resources, folder),
    notes: () => [
      ...(problems.attempt(() => passedOver(resources)) ?? []),
      ...roles.flatMap(({ undetermined = [] }) => undetermined),
      ...queues.flatMap(({ address, arn, policy }) =>
        policy === undefined ? [] : undeterminedParts(`${address}.policy`, policy, [arn]),
      ),
      ...buckets.flatMap(({ address, arn, policy }) =>
        policy === undefined ? [] : undeterminedParts(`${address}.policy`, policy, askedOf([{ arn }])),
      ),
      ...resources.assumptions,
    ],
  };
  refuseTwins(resources, problems);
  problems.throwIfAny();
  return model;
}

/** ARNs of the queues about which a role may be asked: where only a request tells, any of the stack's. */
function queuesSentTo(restApis: readonly RestApi[], queues: readonly Queue[]): readonly string[] {
  const fixed = restApis.flatMap((api) =>
    methodsOf([api]).flatMap(({ integration }) =>
      sqsTarget(integration.uri) === undefined
        ? []
        : api.stages.map((stage) => fixedQueue(api, integration, stage)),
    ),
  );
  const own = fixed.includes(undefined) ? queues.map(({ arn }) => arn) : [];
  return [...new Set([...fixed.flatMap((queue) => (queue === undefined ? [] : queueArn(queue))), ...own])];
}

/** Other buckets may hold what can't be known here; where only a request tells which one it is about, it may be any of the stack's. */
function bucketsOf(
  restApis: readonly RestApi[],
  resources: TerraformResources,
  problems: ProblemList,
): readonly Bucket[] {
  const named = restApis.flatMap((api) =>
    methodsOf([api]).flatMap(({ integration }) =>
      s3Target(integration.uri) === undefined
        ? []
        : api.stages.map((stage) => fixedBucket(integration, stage)),
    ),
  );
  if (named.length === 0) return [];
  const used = resources
    .ofType("aws_s3_bucket")
    .filter((bucket) => named.includes(undefined) || named.includes(bucket.text("bucket")));
  return problems.attemptEach(used, (bucket) => readBucket(bucket, resources));
}

/** ARNs of the buckets, and of an object in each. */
function askedOf(buckets: readonly Pick<Bucket, "arn">[]): readonly string[] {
  return buckets.flatMap(({ arn }) => [arn, `${arn}/object`]);
}

function credentialsOf(restApis: readonly RestApi[]): ReadonlySet<string> {
  const arns = [
    ...methodsOf(restApis).map(({ integration }) => integration.credentials),
    ...lambdaAuthorizersOf(restApis).map(({ credentials }) => credentials),
  ];
  return new Set(arns.filter((arn) => arn !== undefined));
}

/** Other functions may need what can't be known here. */
function functionsOf(
  restApis: readonly RestApi[],
  resources: TerraformResources,
): readonly TerraformResource[] {
  const asked = lambdaAuthorizersOf(restApis).map(({ functionArn }) => functionArn);
  if (asked.length === 0) return [];
  return resources.ofType("aws_lambda_function").filter((lambda) => {
    const arn = lambda.text("arn");
    return asked.some((functionArn) => functionArn === arn || functionArn.startsWith(`${arn}:`));
  });
}

function lambdaAuthorizersOf(restApis: readonly RestApi[]): readonly LambdaAuthorizer[] {
  return methodsOf(restApis).flatMap(({ authorizer }) =>
    authorizer === undefined || authorizer.type === "COGNITO_USER_POOLS" ? [] : authorizer,
  );
}

function methodsOf(restApis: readonly RestApi[]): readonly Method[] {
  return restApis.flatMap((api) => api.resources.flatMap((resource) => Object.values(resource.methods)));
}

/** Only roles that API Gateway assumes matter to its answers; other roles may hold what can't be known here. */
function rolesOf(used: ReadonlySet<string>, resources: TerraformResources): readonly TerraformResource[] {
  return resources.ofType("aws_iam_role").filter((role) => used.has(role.text("arn")));
}

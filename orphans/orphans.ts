import { mistakeText } from "../errors/mistake";
import { stackFolder, terraformProgram } from "../queue/terraform-command";
import { type ApiPart, apiParts } from "./api-parts";
import { accountOf, type Aws, awsIn } from "./aws";
import type { Flags } from "./cli-flags";
import { type DeclaredStack, declaredStack, said } from "./declared-stack";
import type { Found } from "./found";
import { command } from "./shell";
import { type StackState, stackState } from "./stack-state";
import { taggedResources } from "./tagged-resources";

/** Something of the stack's that AWS has and the state has not. */
export interface Orphan {
  /** Its ARN, or, of a part of a REST API, what `terraform import` takes. */
  readonly id: string;
  readonly notes: readonly string[];
  readonly remove: readonly string[];
  /** Empty where no address of the stack clearly fits. */
  readonly import: readonly string[];
}

/** What was looked for, and found. */
export interface Orphans {
  readonly tag: string;
  readonly region: string;
  readonly accountId: string;
  /** Resources in the state. */
  readonly known: number;
  /** What the imports need first: the Region in the state, by which Terraform sets up the provider. */
  readonly beforeImport: readonly string[];
  readonly orphans: readonly Orphan[];
}

/** What a removal needs gone first comes first. */
const REMOVAL_ORDER = [
  "aws_api_gateway_usage_plan",
  "aws_api_gateway_domain_name",
  "aws_api_gateway_stage",
  "aws_api_gateway_rest_api",
  "aws_api_gateway_client_certificate",
  "aws_api_gateway_api_key",
  "aws_lambda_event_source_mapping",
  "aws_lambda_function",
];

/** Compares what carries the stack's tag on AWS with its state. Reads only. */
export async function orphans({ stack: name, state: file, region }: Flags): Promise<Orphans> {
  const stack = await declaredStack(stackFolder(name, ""));
  const state = stackState(stack.folder, file);
  const aws = awsIn(requireRegion(region ?? state.region ?? stack.region));
  const accountId = await accountOf(aws);
  requireAccount(accountId, state);
  const found = (await taggedResources(aws, stack)).filter(({ arn }) => !state.arns.has(arn));
  return {
    tag: stack.tag,
    region: aws.region,
    accountId,
    known: state.addresses.size,
    beforeImport: beforeImport(stack, state),
    orphans: [...(await described(aws, stack, state, found)), ...(await strayParts(aws, stack, state))],
  };
}

async function described(
  aws: Aws,
  stack: DeclaredStack,
  state: StackState,
  found: readonly Found[],
): Promise<Orphan[]> {
  const gone = found.filter(({ type }) => type === "aws_api_gateway_rest_api").map(({ arn }) => `${arn}/`);
  const alone = found.filter(({ arn }) => !gone.some((api) => arn.startsWith(api)));
  const rank = ({ type = "" }: Found) => (REMOVAL_ORDER.indexOf(type) + 100) % 100;
  alone.sort((a, b) => rank(a) - rank(b));
  return Promise.all(
    alone.map(async (one) => ({
      id: one.arn,
      notes: one.notes,
      remove: one.remove,
      import: await imports(aws, stack, state, one, alone),
    })),
  );
}

/** The commands that import it, and, of a REST API, its parts; none where its address is not clear. */
async function imports(
  aws: Aws,
  stack: DeclaredStack,
  state: StackState,
  found: Found,
  all: readonly Found[],
): Promise<string[]> {
  const { type, importId } = found;
  if (type === undefined || importId === undefined) return [];
  const [address, another] = addressesOf(stack, state, found);
  const rivals = all.filter((one) => addressesOf(stack, state, one).includes(address ?? ""));
  if (address === undefined || another !== undefined || rivals.length > 1) return [];
  const parts = type === "aws_api_gateway_rest_api" ? await apiParts(aws, importId, stack) : [];
  return [importing(stack, address, importId), ...parts.map((part) => importingPart(stack, part))];
}

/** Addresses of the stack that the state has not, and that the resource fits. */
function addressesOf(stack: DeclaredStack, state: StackState, { type = "", attributes }: Found): string[] {
  const declared = stack.ofType(type).filter(({ address }) => !state.addresses.has(address));
  const fitting = declared.filter((resource) =>
    Object.entries(attributes).every(([name, value]) => {
      const prefix = name === "name" ? said(resource, "name_prefix") : undefined;
      return prefix === undefined ? (said(resource, name) ?? "") === value : value.startsWith(prefix);
    }),
  );
  return fitting.map(({ address }) => address);
}

/** Parts that the API in the state has, and the state has not: the next apply would stumble over them. */
async function strayParts(aws: Aws, stack: DeclaredStack, state: StackState): Promise<Orphan[]> {
  const ids = state
    .ofType("aws_api_gateway_rest_api")
    .flatMap(({ values: { id } }) => (typeof id === "string" ? [id] : []));
  const parts = (await Promise.all(ids.map((id) => apiParts(aws, id, stack)))).flat();
  return parts
    .filter(({ address, type }) => !state.addresses.has(address) && type !== "aws_api_gateway_stage")
    .map((part) => ({
      id: part.importId,
      notes: [`${part.type}, a part of the API in the state, without tags`],
      remove: [part.remove],
      import: [importingPart(stack, part)],
    }));
}

function importing({ folder }: DeclaredStack, address: string, id: string): string {
  return command(terraformProgram(), `-chdir=${folder}`, "import", address, id);
}

function importingPart(stack: DeclaredStack, { address, importId }: ApiPart): string {
  return importing(stack, address, importId);
}

function beforeImport(stack: DeclaredStack, { addresses }: StackState): string[] {
  return stack
    .ofType("terraform_data")
    .filter(({ address }) => !addresses.has(address))
    .map(({ address }) =>
      command(terraformProgram(), `-chdir=${stack.folder}`, "apply", `-target=${address}`),
    );
}

function requireRegion(region: string | undefined): string {
  if (region !== undefined) return region;
  throw new Error(
    mistakeText({
      where: "the Region",
      wrong: "is not known",
      got: "none in the state or in the settings",
      allowed: "the name of an AWS Region",
      mend: "Write --region, the Region in which the stack was deployed.",
    }),
  );
}

/** In another account everything would be there, or nothing. */
function requireAccount(got: string, { accountId }: StackState): void {
  if (accountId === undefined || accountId === got) return;
  throw new Error(
    mistakeText({
      where: "AWS",
      wrong: "is asked with credentials of another account than that of the state",
      got,
      allowed: accountId,
      mend: "Choose its credentials by AWS_PROFILE.",
    }),
  );
}

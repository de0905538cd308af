import { readJsonFile } from "../errors/read-json-file";
import { parseArn } from "../aws/arn";
import { mistakeText } from "../errors/mistake";
import { isObject, terraformJson } from "../queue/terraform-command";

/** A resource that Terraform knows. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a stack's Terraform state holds: nothing, where there is none. */
export interface StackState {
  readonly addresses: ReadonlySet<string>;
  readonly arns: ReadonlySet<string>;
  /** Where the stack was deployed. */
  readonly region: string | undefined;
  readonly accountId: string | undefined;
  ofType(type: string): readonly StateResource[];
}

/** What `terraform show -json` tells in the stack's folder, or what a file holds. */
export function stackState(folder: string, file: string | undefined): StackState {
  const document: unknown =
    file === undefined
      ? JSON.parse(terraformJson(folder, "show", ", or give a state by --state"))
      : readJsonFile(file);
  const resources = resourcesOf(document, file ?? folder);
  // A CloudFormation stack has its ARN as its id alone.
  const arns = resources
    .flatMap(({ values: { arn, id } }) => [arn, id])
    .filter((value) => typeof value === "string" && value.startsWith("arn:")) as string[];
  return {
    addresses: new Set(resources.map(({ address }) => address)),
    arns: new Set(arns),
    region: resources
      .filter(({ type }) => type === "terraform_data")
      .map(({ values: { input } }) => (isObject(input) ? input.value : input))
      .find((input) => typeof input === "string"),
    // A queue of somebody else's may be of another account; it is in no state as a resource.
    accountId: arns.map((arn) => parseArn(arn)?.accountId ?? "").find((id) => /^\d{12}$/.test(id)),
    ofType: (type) => resources.filter((resource) => resource.type === type),
  };
}

function resourcesOf(document: unknown, source: string): StateResource[] {
  if (!isObject(document)) throw notAState(source);
  if ("lineage" in document) return ofRawState(document);
  if (!("format_version" in document) || "planned_values" in document) throw notAState(source);
  return isObject(document.values) ? ofModule(document.values.root_module) : [];
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format */
function ofModule(module: unknown): StateResource[] {
  if (!isObject(module)) return [];
  const own = objectsIn(module.resources)
    .filter(({ mode }) => mode === "managed")
    .map(({ address, type, values }) => ({
      address: String(address),
      type: String(type),
      values: isObject(values) ? values : {},
    }));
  return [...own, ...objectsIn(module.child_modules).flatMap(ofModule)];
}

/** The file that the backend keeps, of version 4. */
function ofRawState({ resources }: Record<string, unknown>): StateResource[] {
  return objectsIn(resources)
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ module, type, name, instances }) =>
      objectsIn(instances).map(({ index_key: key, attributes }) => ({
        address: [
          ...(typeof module === "string" ? [module] : []),
          `${String(type)}.${String(name)}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
        ].join("."),
        type: String(type),
        values: isObject(attributes) ? attributes : {},
      })),
    );
}

function notAState(source: string): Error {
  return new Error(
    mistakeText({
      where: source,
      wrong: "is no state",
      allowed: "a Terraform state, or the output of terraform show -json",
      mend: "Name such a file.",
    }),
  );
}

function objectsIn(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

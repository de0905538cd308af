import { type ObjectValue, isObject } from "./expression/value";
import { StackError } from "./stack-error";
import { TerraformResource, TerraformResources } from "./terraform-resource";

/** Is it what `terraform show -json` tells of a plan file? */
export function isPlan(document: ObjectValue): boolean {
  return "planned_values" in document;
}

/** Is it what `terraform show -json` tells of a state? */
export function isState(document: ObjectValue): boolean {
  return "lineage" in document || "format_version" in document || isObject(document.values);
}

/** A raw state file, and the state of what was never applied. @param address of the file, where there is one */
export function refuseStateWithoutResources(address: string, document: ObjectValue): void {
  if (!isState(document) || isPlan(document)) return;
  const isRaw = "lineage" in document;
  if (!isRaw && isObject(document.values) && isObject(document.values.root_module)) return;
  throw new StackError({
    address,
    wrong: isRaw ? "is a raw state file" : "is a state that holds no resources",
    allowed: "the output of `terraform show -json` after an apply is read",
    mend: isRaw ? "Give the output of `terraform show -json` instead" : "Apply the stack first",
  });
}

/** The resources of an applied stack, those of child modules too. @see https://developer.hashicorp.com/terraform/internals/json-format */
export class StateResources extends TerraformResources {
  private readonly resources: readonly TerraformResource[];
  private readonly outputs: ObjectValue;

  constructor(document: ObjectValue) {
    super();
    refuseStateWithoutResources("state", document);
    this.outputs = asObject(asObject(document.values).outputs);
    this.resources = resourcesIn(document.values)
      .filter(({ mode }) => mode === "managed")
      .map(resourceOf);
  }

  public get types(): readonly string[] {
    return [...new Set(this.resources.map(({ type }) => type))];
  }

  public ofType(type: string): readonly TerraformResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  public output(name: string): unknown {
    const output = Object.hasOwn(this.outputs, name) ? this.outputs[name] : undefined;
    return isObject(output) ? output.value : undefined;
  }
}

/** All resources and data sources in the values of a state or a plan, those of child modules too. */
export function resourcesIn(values: unknown): readonly ObjectValue[] {
  const inModule = (module: ObjectValue): readonly ObjectValue[] => [
    ...objectsIn(module.resources),
    ...objectsIn(module.child_modules).flatMap(inModule),
  ];
  return inModule(asObject(asObject(values).root_module));
}

function resourceOf({ address, type, values }: ObjectValue): TerraformResource {
  const attributes = asObject(values);
  const given = (name: string): unknown => attributes[name] ?? undefined;
  const resource = new TerraformResource(String(address), String(type), given, (name) => {
    throw resource.error(name, {
      wrong: "has no value in the state",
      mend: "Apply the stack completely, then give the output of `terraform show -json`",
    });
  });
  return resource;
}

/** An object; empty for anything else. */
export function asObject(value: unknown): ObjectValue {
  return isObject(value) ? value : {};
}

/** The objects of a list; none of anything else. */
export function objectsIn(value: unknown): readonly ObjectValue[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

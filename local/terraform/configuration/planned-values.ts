import { parseArn } from "../../../aws/arn";
import { type ObjectValue, isObject } from "../expression/value";
import { asObject, objectsIn, resourcesIn } from "../state-resources";

/** What a plan tells of the resources and data sources of a configuration. */
export class PlannedValues {
  private readonly resources: ReadonlyMap<string, ObjectValue>;
  private readonly unknown: ReadonlyMap<string, ObjectValue>;
  /** Index or key of each instance, by the address without it. */
  private readonly keys = new Map<string, (string | number | undefined)[]>();

  private account: { readonly id: string | undefined } | undefined;

  /** @param plan what `terraform show -json` tells of a plan file */
  constructor(private readonly plan: ObjectValue) {
    const changes = objectsIn(plan.resource_changes);
    const all = [
      ...resourcesIn(plan.planned_values),
      ...resourcesIn(stateIn(plan.prior_state)).filter(isData),
    ];
    const read = changes
      .filter(isData)
      .map((change): ObjectValue => ({ ...change, values: changeOf(change).after }));
    const byAddress = new Map([...read, ...all].map((resource) => [String(resource.address), resource]));
    this.resources = new Map(Array.from(byAddress, ([address, { values }]) => [address, asObject(values)]));
    this.unknown = new Map(
      changes.map((change) => [String(change.address), asObject(changeOf(change).after_unknown)]),
    );
    for (const { address, index } of byAddress.values()) {
      const block = withoutIndex(String(address), index);
      this.keys.set(block, [...(this.keys.get(block) ?? []), index as string | number | undefined]);
    }
    for (const module of modulesIn(plan.planned_values)) this.addModule(module);
  }

  /** Values of the root module's variables. */
  public get variables(): (readonly [name: string, value: unknown])[] {
    return Object.entries(asObject(this.plan.variables)).flatMap(([name, variable]) =>
      isObject(variable) && "value" in variable ? [[name, variable.value] as const] : [],
    );
  }

  /** The account that the plan was made in, where the configuration looks it up or has resources there. */
  public get accountId(): string | undefined {
    return (this.account ??= { id: accountIn(this.plan) }).id;
  }

  /** The Region that the configuration looks up by its only provider, which may have taken it from an environment. */
  public get region(): string | undefined {
    const providers = Object.values(asObject(asObject(this.plan.configuration).provider_config));
    if (providers.filter((provider) => asObject(provider).name === "aws").length > 1) return undefined;
    const found = resourcesIn(stateIn(this.plan.prior_state)).filter(({ type }) => type === "aws_region");
    const [first, ...others] = new Set(found.map(({ values }) => asObject(values).id));
    return typeof first === "string" && others.length === 0 ? first : undefined;
  }

  /** What the plan leaves out, one line each. */
  public get notes(): readonly string[] {
    if (this.plan.complete !== false) return [];
    return [
      "plan: is one of a part of the configuration, as with -target; what it leaves out is not served. Plan all of it",
    ];
  }

  /** An attribute's value, where the whole of it is known; null for one that is known to have none. */
  public value(address: string, name: string): unknown {
    const values = this.resources.get(address);
    if (values === undefined || isUnknown(this.unknown.get(address)?.[name])) return undefined;
    return Object.hasOwn(values, name) ? values[name] : null;
  }

  /** Indexes or keys of a block's instances, or of a module's; one that is undefined for a block without count and for_each. */
  public instancesOf(address: string): readonly (string | number | undefined)[] {
    return this.keys.get(address) ?? [];
  }

  private addModule(address: string): void {
    const [, block = address, index] = /^(.*)(\[[^[]*\])$/.exec(address) ?? [];
    const key = index === undefined ? undefined : (JSON.parse(index.slice(1, -1)) as string | number);
    const keys = this.keys.get(block) ?? [];
    if (!keys.includes(key)) this.keys.set(block, [...keys, key]);
  }
}

/** A role's or a queue's ARN has it too. */
function accountIn({ prior_state: state }: ObjectValue): string | undefined {
  const known = resourcesIn(stateIn(state));
  const identity = known.find(({ type }) => type === "aws_caller_identity");
  if (identity !== undefined) return String(asObject(identity.values).account_id);
  const own = known.find(({ type }) => type === "aws_iam_role" || type === "aws_sqs_queue");
  return parseArn(String(asObject(own?.values).arn))?.accountId;
}

function isData({ mode }: ObjectValue): boolean {
  return mode === "data";
}

function changeOf({ change }: ObjectValue): ObjectValue {
  return asObject(change);
}

function stateIn(state: unknown): unknown {
  return asObject(state).values;
}

/** Addresses of the module instances. */
function modulesIn(values: unknown): readonly string[] {
  const inModule = (module: ObjectValue): readonly string[] =>
    objectsIn(module.child_modules).flatMap((child) => [String(child.address), ...inModule(child)]);
  return inModule(asObject(asObject(values).root_module));
}

function withoutIndex(address: string, index: unknown): string {
  return index === undefined
    ? address
    : address.slice(0, address.length - `[${JSON.stringify(index)}]`.length);
}

/** True, or anything true in what it holds. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.values(value).some(isUnknown) : value === true;
}

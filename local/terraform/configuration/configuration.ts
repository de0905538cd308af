import { ExpressionError } from "../expression/expression-error";
import { functionTable } from "../expression/functions/function-table";
import { type Resolved, type Scope, withNames } from "../expression/expression";
import type { ObjectValue } from "../expression/value";
import type { Place } from "../../../aws/arn";
import { partitionOf } from "../../../aws/partition";
import { StackError } from "../stack-error";
import { TerraformResource, TerraformResources } from "../terraform-resource";
import { computedAttribute } from "./computed-attribute";
import { givenValue } from "./dynamic-blocks";
import { evaluateJson } from "./evaluate-json";
import type { ModuleBlocks, ResourceBlock } from "./module-blocks";
import { type Instances, instancesOf } from "./instances";
import { variableValue } from "./variables";

/** What a configuration does not say itself. */
export interface ConfigurationSettings {
  readonly stackName: string;
  readonly folder: string;
  readonly variables: ReadonlyMap<string, unknown>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly accountId: string;
  /** Value of sensitive variables that have none. */
  readonly sensitiveStandIn?: string | undefined;
}

/** The resources of a module in Terraform JSON; values are worked out only when they are asked for. */
export class Configuration extends TerraformResources implements Scope {
  public readonly functions: Scope["functions"];
  private readonly underway: string[] = [];
  private readonly values = new LazyValues<unknown>(this.underway);
  private readonly instances = new LazyValues<Instances>(this.underway);

  constructor(
    private readonly blocks: ModuleBlocks,
    private readonly settings: ConfigurationSettings,
  ) {
    super();
    this.functions = functionTable(settings.folder);
  }

  public get types(): readonly string[] {
    return [...new Set(Array.from(this.blocks.resources.values(), ({ type }) => type))];
  }

  public ofType(type: string): readonly TerraformResource[] {
    return Array.from(this.blocks.resources.values())
      .filter((block) => block.type === type)
      .flatMap((block) => this.instancesOf(block).all);
  }

  public output(name: string): unknown {
    return this.blocks.outputs.get(name)?.value;
  }

  public resolve(names: readonly string[]): Resolved {
    const [root = "", name = "", third = ""] = names;
    switch (root) {
      case "var":
        return { value: this.variable(name), used: 2 };
      case "local":
        return { value: this.local(name), used: 2 };
      case "path":
        return { value: this.path(name), used: 2 };
      case "terraform":
        return { value: this.terraform(name), used: 2 };
      case "data":
        return { value: this.referenced(this.blocks.data, `data.${name}.${third}`), used: 3 };
      default:
        return { value: this.referenced(this.blocks.resources, `${root}.${name}`), used: 2 };
    }
  }

  private variable(name: string): unknown {
    const declaration = this.blocks.variables.get(name);
    if (declaration === undefined) throw new ExpressionError(`there is no variable ${name}`);
    const address = `var.${name}`;
    const { variables, sensitiveStandIn } = this.settings;
    const ofSensitive = declaration.sensitive === true ? sensitiveStandIn : undefined;
    return this.values.get(address, () =>
      variableValue(address, { default: ofSensitive, ...declaration }, variables.get(name)),
    );
  }

  private local(name: string): unknown {
    if (!this.blocks.locals.has(name)) throw new ExpressionError(`there is no local value ${name}`);
    const address = `local.${name}`;
    return this.values.get(address, () => evaluateJson(this.blocks.locals.get(name), this, address));
  }

  private path(name: string): unknown {
    if (name === "module" || name === "root") return ".";
    if (name === "cwd") return this.settings.folder;
    throw new ExpressionError(`there is no path.${name}`);
  }

  private terraform(name: string): unknown {
    if (name === "workspace") return this.settings.environment.TF_WORKSPACE ?? "default";
    throw new ExpressionError(`there is no terraform.${name}`);
  }

  private referenced(blocks: ReadonlyMap<string, ResourceBlock>, address: string): unknown {
    const block = blocks.get(address);
    if (block === undefined) throw new ExpressionError(`there is no ${address} in the stack`);
    return this.instancesOf(block).value;
  }

  private instancesOf(block: ResourceBlock): Instances {
    return this.instances.get(block.address, () =>
      instancesOf(block, this, (suffix, names) => this.instance(block, suffix, names)),
    );
  }

  private instance(block: ResourceBlock, suffix: string, names: ObjectValue): TerraformResource {
    const scope = withNames(this, names);
    const address = `${block.address}${suffix}`;
    const given = (name: string): unknown => {
      // Names of attributes, not expressions; and conditions, which Terraform alone checks.
      if (name === "lifecycle") return block.body.lifecycle;
      const place = `${address}.${name}`;
      return this.values.get(place, () => givenValue(block.body, name, scope, address)) ?? undefined;
    };
    const resource: TerraformResource = new TerraformResource(address, block.type, given, (name) =>
      this.computed(resource, block, name),
    );
    return resource;
  }

  private computed(resource: TerraformResource, block: ResourceBlock, name: string): unknown {
    return this.values.get(`${resource.address}.${name} (computed)`, () =>
      computedAttribute(resource, name, {
        stackName: this.settings.stackName,
        resources: this,
        place: () => this.placeOf(resource, block),
      }),
    );
  }

  private placeOf(resource: TerraformResource, { body }: ResourceBlock): Place {
    const region = resource.optionalText("region") ?? this.providerRegion(providerAlias(body.provider));
    return { region, accountId: this.settings.accountId, partition: partitionOf(region) };
  }

  private providerRegion(alias: string | undefined): string {
    const address = alias === undefined ? "provider.aws.region" : `provider.aws.${alias}.region`;
    const provider = this.blocks.providers.find(
      ({ labels: [name], body }) => name === "aws" && body.alias === alias,
    );
    const { environment } = this.settings;
    const region =
      this.values.get(address, () => evaluateJson(provider?.body.region, this, address)) ??
      environment.AWS_REGION ??
      environment.AWS_DEFAULT_REGION;
    return typeof region === "string" ? region : refuseNoRegion(address);
  }
}

/** `aws`, `aws.alias` or `${aws.alias}`. */
function providerAlias(provider: unknown): string | undefined {
  if (typeof provider !== "string") return undefined;
  return /^(?:\$\{)?\w+\.([\w-]+)\}?$/.exec(provider)?.[1];
}

function refuseNoRegion(address: string): never {
  throw new StackError({
    address,
    wrong: "has no value",
    mend: "Set it in the provider block, or set AWS_REGION in the environment",
  });
}

/** Works out each named value once, when it is first asked for; values that need themselves are an error. */
class LazyValues<Value> {
  private readonly known = new Map<string, { readonly value: Value }>();

  /** @param underway addresses of what is being worked out: values of several kinds may need each other */
  constructor(private readonly underway: string[]) {}

  /** Throws `StackError` naming the whole circle if `address` is being worked out already. */
  public get(address: string, compute: () => Value): Value {
    const known = this.known.get(address);
    if (known !== undefined) return known.value;
    this.refuseCircle(address);
    this.underway.push(address);
    try {
      const value = compute();
      this.known.set(address, { value });
      return value;
    } finally {
      this.underway.pop();
    }
  }

  private refuseCircle(address: string): void {
    const start = this.underway.indexOf(address);
    if (start === -1) return;
    const circle = [...this.underway.slice(start), address].join(" → ");
    throw new StackError({ address, wrong: `needs its own value (${circle})`, mend: "Break the circle" });
  }
}

import { ExpressionError } from "../expression/expression-error";
import { optionalText } from "../attribute";
import { functionTable } from "../expression/functions/function-table";
import { LazyObject } from "../expression/lazy-object";
import { type Scope, withNames } from "../expression/scope";
import { type ObjectValue, isObject } from "../expression/value";
import { LazyValues } from "../lazy-values";
import type { Place } from "../../../aws/arn";
import { partitionOf } from "../../../aws/partition";
import { StackError } from "../stack-error";
import type { TerraformResource, TerraformResources } from "../terraform-resource";
import { computedAttribute } from "./computed-attribute";
import { evaluateJson } from "./evaluate-json";
import type { ModuleBlocks, ResourceBlock } from "./module-blocks";
import { variableValue } from "./variable-value";

/** What a configuration does not say itself. */
export interface ConfigurationSettings {
  readonly stackName: string;
  readonly folder: string;
  readonly variables: ReadonlyMap<string, unknown>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly accountId: string;
}

/** One instance of a resource block, or all of them by index or key. */
type Instances =
  TerraformResource | readonly TerraformResource[] | Readonly<Record<string, TerraformResource>>;

/** The resources of a module in Terraform JSON; values are worked out only when they are asked for. */
export class Configuration implements TerraformResources, Scope {
  public readonly functions: Scope["functions"];
  private readonly blocks: ModuleBlocks;
  private readonly settings: ConfigurationSettings;
  private readonly values = new LazyValues();

  constructor(blocks: ModuleBlocks, settings: ConfigurationSettings) {
    this.blocks = blocks;
    this.settings = settings;
    this.functions = functionTable(settings.folder);
  }

  public get types(): readonly string[] {
    return [...new Set(Array.from(this.blocks.resources.values(), ({ type }) => type))];
  }

  public ofType(type: string): readonly TerraformResource[] {
    return Array.from(this.blocks.resources.values())
      .filter((block) => block.type === type)
      .flatMap((block) => listOf(this.instancesOf(block)));
  }

  public resolve(names: readonly string[]): { value: unknown; used: number } {
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
    return this.values.get(address, () =>
      variableValue(address, declaration, this.settings.variables.get(name)),
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
    const instances = this.instancesOf(block);
    if (isResource(instances)) return lazyObject(instances);
    return Array.isArray(instances)
      ? instances.map(lazyObject)
      : Object.fromEntries(Object.entries(instances).map(([key, instance]) => [key, lazyObject(instance)]));
  }

  private instancesOf(block: ResourceBlock): Instances {
    return this.values.get(block.address, () => this.expand(block)) as Instances;
  }

  private expand(block: ResourceBlock): Instances {
    refuseDynamic(block);
    const { address, body } = block;
    if (body.count !== undefined) {
      const count = countOf(evaluateJson(body.count, this, `${address}.count`), address);
      return Array.from({ length: count }, (_, index) =>
        this.instance(block, `[${index}]`, { count: { index } }),
      );
    }
    if (body.for_each === undefined) return this.instance(block, "", {});
    const items = itemsOf(evaluateJson(body.for_each, this, `${address}.for_each`), address);
    return Object.fromEntries(
      items.map(([key, value]) => [
        key,
        this.instance(block, `[${JSON.stringify(key)}]`, { each: { key, value } }),
      ]),
    );
  }

  private instance(block: ResourceBlock, suffix: string, names: ObjectValue): TerraformResource {
    const scope = withNames(this, names);
    const address = `${block.address}${suffix}`;
    const given = (name: string): unknown => {
      const written = Object.hasOwn(block.body, name) ? block.body[name] : undefined;
      if (written === undefined) return undefined;
      const place = `${address}.${name}`;
      return this.values.get(place, () => evaluateJson(written, scope, place)) ?? undefined;
    };
    const resource: TerraformResource = {
      address,
      type: block.type,
      given,
      attribute: (name) => given(name) ?? this.computed(resource, block, name),
    };
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
    const region = optionalText(resource, "region") ?? this.providerRegion(providerAlias(body.provider));
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

function isResource(instances: Instances): instances is TerraformResource {
  return typeof (instances as TerraformResource).attribute === "function";
}

function listOf(instances: Instances): readonly TerraformResource[] {
  if (isResource(instances)) return [instances];
  return Object.values(instances);
}

/** How expressions see a resource. */
function lazyObject(resource: TerraformResource): LazyObject {
  return new LazyObject(resource.address, (name) => resource.attribute(name));
}

function refuseDynamic({ address, body }: ResourceBlock): void {
  if (body.dynamic === undefined) return;
  throw new StackError({
    address: `${address}.dynamic`,
    wrong: "dynamic blocks are not supported",
    allowed: "blocks written out are",
    mend: "Write the blocks out, or apply the stack and give the output of `terraform show -json`",
  });
}

function countOf(value: unknown, address: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0 && count <= 1000) return count;
  throw new StackError({
    address: `${address}.count`,
    wrong: "is not a count",
    got: value,
    allowed: "whole numbers from 0 to 1000 are",
  });
}

function itemsOf(value: unknown, address: string): (readonly [key: string, value: unknown])[] {
  if (isObject(value)) return Object.entries(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.map((key) => [key, key] as const);
  }
  throw new StackError({
    address: `${address}.for_each`,
    wrong: "can't be walked",
    got: value,
    allowed: "a map or a set of strings is",
  });
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

import type { Place } from "../../../aws/arn";
import { partitionOf } from "../../../aws/partition";
import { ExpressionError } from "../expression/expression-error";
import { type Resolved, type Scope, withNames } from "../expression/expression";
import { LazyObject, type ObjectValue } from "../expression/value";
import { StackError } from "../stack-error";
import { TerraformResource } from "../terraform-resource";
import { computedAttribute } from "./computed-attribute";
import type { Evaluation } from "./configuration";
import { givenValue } from "./dynamic-blocks";
import { evaluateJson } from "./evaluate-json";
import {
  type ExpandableBlock,
  type Expanded,
  type MakeInstance,
  expanded,
  instancesOf,
  plannedInstances,
} from "./instances";
import { type LostAttribute, lostAttribute } from "./lost-attribute";
import { type ProviderReference, handedOn, providerReference, providerText } from "./provider-reference";
import type { ModuleBlocks, ResourceBlock } from "./module-blocks";

/** What a module gets from its caller; the root module has none. */
export interface ModuleCall {
  /** `module.name["key"].` before the addresses of all that is in it. */
  readonly prefix: string;
  /** Undefined for an argument that the call leaves out. */
  readonly argument: (name: string) => unknown;
  /** Region of a provider configuration as the caller hands it on. */
  readonly providerRegion: (provider: ProviderReference) => string;
}

/** One instance of a module: what names in it stand for, worked out when it is asked for. */
export class ModuleScope implements Scope {
  public readonly functions: Scope["functions"];
  private readonly prefix: string;

  constructor(
    private readonly blocks: ModuleBlocks,
    private readonly evaluation: Evaluation,
    private readonly call?: ModuleCall,
  ) {
    this.functions = evaluation.functions;
    this.prefix = call?.prefix ?? "";
  }

  /** Types of the managed resources, those of child modules too. */
  public types(): readonly string[] {
    const own = Array.from(this.blocks.resources.values(), ({ type }) => type);
    return [...own, ...this.children().flatMap((child) => child.types())];
  }

  public ofType(type: string): readonly TerraformResource[] {
    const own = Array.from(this.blocks.resources.values())
      .filter((block) => block.type === type)
      .flatMap((block) => this.instancesOf(block).all);
    return [...own, ...this.children().flatMap((child) => child.ofType(type))];
  }

  public resolve(names: readonly string[]): Resolved {
    const [root = "", name = "", third = ""] = names;
    switch (root) {
      case "var":
        return { value: this.variable(name), used: 2 };
      case "local":
        return { value: this.local(name), used: 2 };
      case "module":
        return { value: this.childrenOf(name).value, used: 2 };
      case "path":
        return { value: this.path(name), used: 2 };
      case "terraform":
        return { value: this.evaluation.terraform(name), used: 2 };
      case "data":
        return { value: this.referenced(this.blocks.data, `data.${name}.${third}`), used: 3 };
      default:
        return { value: this.referenced(this.blocks.resources, `${root}.${name}`), used: 2 };
    }
  }

  /** Value of an output, as the caller sees it. */
  public output(name: string): unknown {
    const block = this.blocks.outputs.get(name);
    if (block === undefined) {
      throw new ExpressionError(`there is no output ${name} in ${this.prefix.slice(0, -1)}`);
    }
    return this.valueAt(`output.${name}`, block.value);
  }

  private variable(name: string): unknown {
    const declaration = this.blocks.variables.get(name);
    if (declaration === undefined) throw new ExpressionError(`there is no variable ${name}`);
    const address = `${this.prefix}var.${name}`;
    return this.evaluation.values.get(address, () =>
      this.evaluation.variable(address, declaration, name, this.call),
    );
  }

  private local(name: string): unknown {
    if (!this.blocks.locals.has(name)) throw new ExpressionError(`there is no local value ${name}`);
    return this.valueAt(`local.${name}`, this.blocks.locals.get(name));
  }

  private valueAt(name: string, written: unknown): unknown {
    const address = `${this.prefix}${name}`;
    return this.evaluation.values.get(address, () => evaluateJson(written, this, address));
  }

  private path(name: string): unknown {
    if (name === "module") return this.blocks.path;
    if (name === "root") return ".";
    if (name === "cwd") return this.evaluation.folder;
    throw new ExpressionError(`there is no path.${name}`);
  }

  private referenced(blocks: ReadonlyMap<string, ResourceBlock>, address: string): unknown {
    const block = blocks.get(address);
    if (block === undefined) throw new ExpressionError(`there is no ${address} in the ${this.place}`);
    return this.instancesOf(block).value;
  }

  private get place(): string {
    return this.call === undefined ? "stack" : this.prefix.slice(0, -1);
  }

  private instancesOf(block: ResourceBlock): Expanded<TerraformResource> {
    const address = `${this.prefix}${block.address}`;
    return this.evaluation.instances.get(address, () =>
      this.expand(
        { address, body: block.body },
        (suffix, names) => this.instance(block, address + suffix, names),
        asObject,
      ),
    );
  }

  private instance(block: ResourceBlock, address: string, names: ObjectValue): TerraformResource {
    const scope = withNames(this, names);
    const given = (name: string): unknown => {
      // Names of attributes, not expressions; and conditions, which Terraform alone checks.
      if (name === "lifecycle") return block.body.lifecycle;
      const planned = this.evaluation.planned?.value(address, name);
      if (planned !== undefined) return planned ?? undefined;
      const written = { type: block.type, name, place: `${address}.${name}` };
      const value = this.evaluation.values.get(written.place, () =>
        this.unlessLost(written, () => givenValue(block.body, name, scope, address)),
      );
      return value ?? undefined;
    };
    const resource: TerraformResource = new TerraformResource(address, block.type, given, (name) =>
      this.computed(resource, block, name),
    );
    return resource;
  }

  private unlessLost(attribute: LostAttribute, evaluate: () => unknown): unknown {
    try {
      return evaluate();
    } catch (error) {
      const isOfPlan = this.evaluation.planned !== undefined;
      if (!isOfPlan || !(error instanceof StackError) || !error.isUnknown) throw error;
      const taken = lostAttribute(attribute, this.evaluation);
      if (taken === undefined) throw error;
      return taken.value;
    }
  }

  private computed(resource: TerraformResource, block: ResourceBlock, name: string): unknown {
    const { evaluation } = this;
    return evaluation.values.get(`${resource.address}.${name} (computed)`, () =>
      computedAttribute(resource, name, {
        stackName: evaluation.stackName,
        resources: evaluation.resources,
        functions: this.functions,
        standIns: evaluation.standIns,
        place: () => this.placeOf(resource, block),
      }),
    );
  }

  private placeOf(resource: TerraformResource, { body }: ResourceBlock): Place {
    const region = resource.optionalText("region") ?? this.providerRegion(providerReference(body.provider));
    return { region, accountId: this.evaluation.accountId, partition: partitionOf(region) };
  }

  private providerRegion(reference: ProviderReference): string {
    const name = `provider.${providerText(reference)}.region`;
    const provider = this.blocks.providers.find(
      ({ labels: [label], body }) => label === reference.name && body.alias === reference.alias,
    );
    if (provider === undefined && this.call !== undefined) return this.call.providerRegion(reference);
    const region = this.valueAt(name, provider?.body.region);
    return typeof region === "string" ? region : this.evaluation.regionInstead(`${this.prefix}${name}`);
  }

  private children(): readonly ModuleScope[] {
    return Array.from(this.blocks.calls.keys()).flatMap((name) => this.childrenOf(name).all);
  }

  private childrenOf(name: string): Expanded<ModuleScope> {
    const called = this.blocks.calls.get(name);
    if (called === undefined) throw new ExpressionError(`there is no module ${name} in the ${this.place}`);
    const address = `${this.prefix}module.${name}`;
    const make = (suffix: string, names: ObjectValue) =>
      new ModuleScope(called.blocks(), this.evaluation, this.callOf(called.body, address + suffix, names));
    return this.evaluation.modules.get(address, () =>
      this.expand(
        { address, body: called.body },
        make,
        (child, at) => new LazyObject(at, (output) => child.output(output)),
      ),
    );
  }

  private expand<Instance>(
    block: ExpandableBlock,
    make: MakeInstance<Instance>,
    seen: (instance: Instance, address: string) => LazyObject,
  ): Expanded<Instance> {
    const keys = this.evaluation.planned?.instancesOf(block.address);
    const instances = keys === undefined ? instancesOf(block, this) : plannedInstances(block, keys, this);
    this.evaluation.countInstances(block.address, instances.length);
    return expanded(block, instances, make, seen);
  }

  private callOf(body: ObjectValue, address: string, names: ObjectValue): ModuleCall {
    const scope = withNames(this, names);
    return {
      prefix: `${address}.`,
      argument: (name) =>
        Object.hasOwn(body, name) ? evaluateJson(body[name], scope, `${address}.${name}`) : undefined,
      providerRegion: (provider) => this.providerRegion(handedOn(body.providers, provider)),
    };
  }
}

/** How expressions see a resource. */
function asObject(resource: TerraformResource): LazyObject {
  return new LazyObject(resource.address, (name) => resource.attribute(name));
}

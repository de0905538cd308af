import type { Scope } from "../expression/expression";
import { ExpressionError } from "../expression/expression-error";
import { APPLY_TIME_FUNCTIONS } from "../expression/functions/apply-time-functions";
import { functionTable } from "../expression/functions/function-table";
import type { ObjectValue } from "../expression/value";
import { StackError } from "../stack-error";
import { type TerraformResource, TerraformResources } from "../terraform-resource";
import type { Expanded } from "./instances";
import { LazyValues } from "./lazy-values";
import type { ModuleBlocks } from "./module-blocks";
import type { PlannedValues } from "./planned-values";
import { type ModuleCall, ModuleScope } from "./module-scope";
import { StandIns } from "./stand-ins";
import { variableValue } from "./variables";

/** What a configuration does not say itself. */
export interface ConfigurationSettings {
  readonly stackName: string;
  readonly folder: string;
  /** Folders whose files may be read besides: those of modules that lie elsewhere. */
  readonly readableFolders?: readonly string[] | undefined;
  readonly variables: ReadonlyMap<string, unknown>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly accountId: string;
  /** Value of sensitive variables that have none. */
  readonly sensitiveStandIn?: string | undefined;
  /** What a plan tells of the configuration. */
  readonly planned?: PlannedValues | undefined;
  /** Values that only an apply tells, by address. */
  readonly standIns?: Readonly<Record<string, string>> | undefined;
}

/** Where a region comes from that nobody gave: that of AWS's own examples. */
const REGION_INSTEAD = "us-east-1";

/** Far beyond what a stack needs. */
const MOST_INSTANCES = 50_000;

/** What all modules of a configuration share while their values are worked out. */
export class Evaluation {
  public readonly functions: Scope["functions"];
  public readonly standIns: StandIns;
  public readonly values: LazyValues<unknown>;
  public readonly instances: LazyValues<Expanded<TerraformResource>>;
  public readonly modules: LazyValues<Expanded<ModuleScope>>;
  private instanceCount = 0;
  /** What nobody gave, and what is taken instead, one line each. */
  public readonly assumptions = new Map<string, string>();

  constructor(
    public readonly resources: TerraformResources,
    private readonly settings: ConfigurationSettings,
  ) {
    const underway: string[] = [];
    this.values = new LazyValues(underway);
    this.instances = new LazyValues(underway);
    this.modules = new LazyValues(underway);
    this.standIns = new StandIns(settings.stackName, settings.standIns ?? {});
    this.functions = new Map([
      ...functionTable(settings.folder, [settings.folder, ...(settings.readableFolders ?? [])]),
      ...APPLY_TIME_FUNCTIONS.map((name) => [name, () => this.standIns.at(`${name}()`)] as const),
    ]);
  }

  public get stackName(): string {
    return this.settings.stackName;
  }

  public get planned(): PlannedValues | undefined {
    return this.settings.planned;
  }

  public get folder(): string {
    return this.settings.folder;
  }

  /** A plan knows its own. */
  public get accountId(): string {
    return this.planned?.accountId ?? this.settings.accountId;
  }

  /** `terraform.workspace`. */
  public terraform(name: string): unknown {
    if (name === "workspace") return this.settings.environment.TF_WORKSPACE ?? "default";
    throw new ExpressionError(`there is no terraform.${name}`);
  }

  /** A variable's value: an argument of the call, or, for the root module, what files, environment and command line give. */
  public variable(
    address: string,
    declaration: ObjectValue,
    name: string,
    call: ModuleCall | undefined,
  ): unknown {
    if (call !== undefined) return variableValue(address, declaration, call.argument(name));
    const { variables, sensitiveStandIn } = this.settings;
    const ofSensitive = declaration.sensitive === true ? sensitiveStandIn : undefined;
    return variableValue(address, { default: ofSensitive, ...declaration }, variables.get(name));
  }

  /** Throws `StackError` where modules within modules multiply what is in them beyond what a stack needs. */
  public countInstances(address: string, more: number): void {
    this.instanceCount += more;
    if (this.instanceCount <= MOST_INSTANCES) return;
    throw new StackError({
      address,
      wrong: `makes more than ${MOST_INSTANCES} instances of resources and modules, with those before it`,
      mend: "Serve a part of the stack",
    });
  }

  /** The region of a provider that says none. */
  public regionInstead(address: string): string {
    const { AWS_REGION, AWS_DEFAULT_REGION } = this.settings.environment;
    const region = this.planned?.region ?? AWS_REGION ?? AWS_DEFAULT_REGION;
    if (region !== undefined) return region;
    this.assumptions.set(
      address,
      `${address}: has no value; ${REGION_INSTEAD} is taken. Set AWS_REGION in the environment for another one`,
    );
    return REGION_INSTEAD;
  }
}

/** The resources of a configuration and its modules; values are worked out only when they are asked for. */
export class Configuration extends TerraformResources {
  private readonly evaluation: Evaluation;
  private readonly root: ModuleScope;
  private readonly byType = new Map<string, readonly TerraformResource[]>();

  constructor(
    private readonly blocks: ModuleBlocks,
    settings: ConfigurationSettings,
  ) {
    super();
    this.evaluation = new Evaluation(this, settings);
    this.root = new ModuleScope(blocks, this.evaluation);
  }

  public get types(): readonly string[] {
    return [...new Set(this.root.types())];
  }

  public ofType(type: string): readonly TerraformResource[] {
    const known = this.byType.get(type) ?? this.root.ofType(type);
    this.byType.set(type, known);
    return known;
  }

  public output(name: string): unknown {
    return this.blocks.outputs.get(name)?.value;
  }

  public override get assumptions(): readonly string[] {
    const { assumptions, standIns } = this.evaluation;
    return [
      ...(this.evaluation.planned?.notes ?? []),
      ...assumptions.values(),
      ...Array.from(
        standIns.usedTexts,
        ([address, text]) =>
          `${address}: is known only after an apply; ${text} stands in. Give the real one by --stand-in '${address}=<value>'`,
      ),
    ];
  }
}

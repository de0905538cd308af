import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";

/** A state backend as in Terraform's own JSON: its type and its arguments, in which `{stack}` stands for the stack. */
export interface Backend {
  readonly type: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** The state backend of one stack, any that Terraform knows, with arguments as in Terraform's own JSON. */
export class StateBackend extends TerraformBackend {
  private readonly arguments: Record<string, unknown>;

  /** `stateName` tells this stack's state, in this environment, from every other: it stands where `{stack}` stood. */
  constructor(stack: Construct, stateName: string, backend: Backend) {
    super(stack, "backend", backend.type);
    this.arguments = named(backend.arguments, stateName) as Record<string, unknown>;
  }

  /** HCP Terraform has a block of its own. */
  public override toTerraform(): unknown {
    return this.name === "cloud" ? { terraform: { cloud: this.arguments } } : super.toTerraform();
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.arguments;
  }

  /** The stacks are independent by design: neither reads the other's state. */
  public override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error(`${this.node.path}: stacks do not refer to each other. Pass the value as a setting.`);
  }
}

function named(value: unknown, stateName: string): unknown {
  if (typeof value === "string") return value.replaceAll("{stack}", stateName);
  if (Array.isArray(value)) return value.map((item) => named(item, stateName));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, named(item, stateName)]));
}

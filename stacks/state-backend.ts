import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import type { Backend } from "./backend-settings";

/** The state backend of one stack, any that Terraform knows, with arguments as in Terraform's own JSON. */
export class StateBackend extends TerraformBackend {
  private readonly arguments: Record<string, unknown>;

  constructor(stack: Construct, stackName: string, backend: Backend) {
    super(stack, "backend", backend.type);
    this.arguments = named(backend.arguments, stackName) as Record<string, unknown>;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.arguments;
  }

  /** The stacks are independent by design: neither reads the other's state. */
  public override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error(`${this.node.path}: stacks do not refer to each other. Pass the value as a setting.`);
  }
}

/** Puts the stack's name wherever `{stack}` stands. */
function named(value: unknown, stackName: string): unknown {
  if (typeof value === "string") return value.replaceAll("{stack}", stackName);
  if (Array.isArray(value)) return value.map((item) => named(item, stackName));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, named(item, stackName)]));
}

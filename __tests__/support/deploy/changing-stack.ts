import { createAuthorizerFunction } from "./authorizer-function";
import type { StackName } from "../synthesized-project";
import { deployContext } from "./deploy-context";
import { DeployWorkspace } from "./deploy-workspace";
import { mergedOverrides, type ResourceOverrides } from "./resource-overrides";
import { succeeded } from "./succeeded";

/** One more change to a deployed stack: those before it stay, so that this one alone makes the difference. */
export interface Change {
  readonly change: string;
  /** Settings below `params`. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** What no setting can change. */
  readonly overrides?: ResourceOverrides;
  /** Argument of `-var`. */
  readonly variable?: string;
}

/** What tells one stack's queue from the other's. */
const NAMES = { "auth-stack": {}, "no-auth-stack": { storage_sqs_queue_name: "open-orders" } };

/** A stack, deployed by plain Terraform, and changed step by step. */
export class ChangingStack {
  private params: Readonly<Record<string, unknown>> = {};
  private overrides: ResourceOverrides = {};
  private variables: readonly string[] = [];

  private constructor(
    public readonly workspace: DeployWorkspace,
    public readonly name: StackName,
  ) {}

  /** Deploys it with the functions `decide`, which `auth-stack` uses, and `decide-anew` at hand. */
  public static async deploy(
    name: StackName = "auth-stack",
    { params = {}, variable }: Partial<Change> = {},
  ): Promise<ChangingStack> {
    const stack = new ChangingStack(await DeployWorkspace.create(deployContext()), name);
    await createAuthorizerFunction(stack.workspace.aws, "decide");
    await createAuthorizerFunction(stack.workspace.aws, "decide-anew");
    await stack.synth({ params, variable });
    await succeeded(stack.terraform("init", "-input=false"));
    await succeeded(stack.terraform("apply", "-auto-approve", "-input=false", ...stack.variables));
    return stack;
  }

  /** Takes back every change so far, and applies `params` in their place. */
  public async applyOnly(params: Readonly<Record<string, unknown>>): Promise<string> {
    this.params = {};
    this.overrides = {};
    this.variables = [];
    return this.apply({ change: "only these settings", params });
  }

  /** Plans a change and applies that plan. Returns what the plan said. */
  public async apply(change: Partial<Change>): Promise<string> {
    await this.synth(change);
    const plan = ["plan", "-input=false", "-out=change.tfplan", ...this.variables];
    const { output } = await succeeded(this.terraform(...plan));
    await succeeded(this.terraform("apply", "-input=false", "change.tfplan"));
    return output;
  }

  private async synth({ params, overrides, variable }: Partial<Change>): Promise<void> {
    this.params = { ...this.params, ...params };
    this.overrides = mergedOverrides(this.overrides, overrides ?? {});
    if (variable !== undefined) this.variables = [...this.variables, "-var", variable];
    this.workspace.project.override(this.overrides);
    this.workspace.project.configure(deployContext({ [this.name]: { ...NAMES[this.name], ...this.params } }));
    await this.workspace.synth();
  }

  /** Fails unless the next plan is empty. */
  public async expectNothingToChange(): Promise<void> {
    const plan = ["plan", "-input=false", "-detailed-exitcode", ...this.variables];
    const { exitCode, output } = await this.terraform(...plan);
    expect(output).toContain("No changes.");
    expect(exitCode).toBe(0);
  }

  public terraform(...args: string[]) {
    return this.workspace.terraform(this.name, ...args);
  }
}

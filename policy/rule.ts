import type { StackResources } from "../local/terraform/read-stack";

/** What breaks a rule, and where. */
export interface Finding {
  /** Terraform address. */
  readonly address: string;
  readonly wrong: string;
}

/** What has to hold of a stack. */
export interface PolicyRule {
  readonly name: string;
  /** What it asks. */
  readonly asks: string;
  /** What happens otherwise. */
  readonly why: string;
  /** Rules of public tools that ask the same or part of it. */
  readonly relatives: readonly string[];
  /** What the stacks of this project do. */
  readonly here: string;
  findings(stack: StackResources): Iterable<Finding>;
}

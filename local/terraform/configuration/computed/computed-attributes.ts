import { type Place, formatArn } from "../../../../aws/arn";
import type { TerraformResource, TerraformResources } from "../../terraform-resource";

/** What else a computed value may depend on. */
export interface ComputedContext {
  /** Part of every made-up id: stacks with the same construct ids must not share them. */
  readonly stackName: string;
  readonly resources: TerraformResources;
  /** Throws `StackError` if the region can't be known. */
  readonly place: () => Place;
}

/** Computes one attribute that the configuration does not set. */
export type ComputeAttribute = (resource: TerraformResource, context: ComputedContext) => unknown;

/** By resource type (`data.` before it for data sources), then by attribute. */
export type ComputedAttributes = Readonly<Record<string, Readonly<Record<string, ComputeAttribute>>>>;

/** The regional ARN of something in the stack's account. */
export function regionalArn({ place }: ComputedContext, service: string, resource: string): string {
  return formatArn({ ...place(), service, resource });
}

import { type Place, formatArn } from "../../../../aws/arn";
import { dnsSuffixOf } from "../../../../aws/partition";
import type { Scope } from "../../expression/expression";
import { toText } from "../../expression/value";
import { standInId } from "../../stand-in-id";
import type { TerraformResource, TerraformResources } from "../../terraform-resource";
import type { StandIns } from "../stand-ins";

/** What else a computed value may depend on. */
export interface ComputedContext {
  /** Part of every made-up id: stacks with the same construct ids must not share them. */
  readonly stackName: string;
  readonly resources: TerraformResources;
  readonly functions: Scope["functions"];
  readonly standIns: StandIns;
  /** Throws `StackError` if the region can't be known. */
  readonly place: () => Place;
}

/**
 * One attribute that the configuration does not set. A text has `{attribute}` for other attributes of the resource, and
 * `{@partition}`, `{@region}`, `{@accountId}` and `{@dnsSuffix}` for the place where it lives.
 */
export type ComputeAttribute = string | ((resource: TerraformResource, context: ComputedContext) => unknown);

/** By resource type (`data.` before it for data sources), then by attribute. */
export type AttributeTable = Readonly<Record<string, Readonly<Record<string, ComputeAttribute>>>>;

/** The value of an attribute. */
export function computed(
  by: ComputeAttribute,
  resource: TerraformResource,
  context: ComputedContext,
): unknown {
  if (typeof by === "function") return by(resource, context);
  return by.replace(/\{@(\w+)\}|\{(\w+)\}/g, (_, ofPlace: string | undefined, attribute: string) => {
    if (ofPlace === undefined) return resource.text(attribute);
    const place = context.place();
    return ofPlace === "dnsSuffix" ? dnsSuffixOf(place.region) : place[ofPlace as keyof Place];
  });
}

/** The regional ARN of something in the stack's account. */
export function regionalArn({ place }: ComputedContext, service: string, resource: string): string {
  return formatArn({ ...place(), service, resource });
}

/** The name of what the configuration gives no name. */
export function madeUpName(resource: TerraformResource, { stackName }: ComputedContext, suffix = ""): string {
  const prefix = resource.given("name_prefix") ?? "terraform-";
  return `${toText(prefix)}${standInId(`${stackName}/${resource.address}/name`, 26)}${suffix}`;
}

import type { TerraformResource } from "./terraform-resource";

/**
 * Resources by the texts of their attributes, one attribute after the other: a text is worked out once, and only of those that match so
 * far, so that reading a large stack takes time in proportion to its size.
 */
export class ResourceIndex {
  private readonly byAttribute = new Map<string, ReadonlyMap<string, ResourceIndex>>();

  constructor(private readonly resources: readonly TerraformResource[]) {}

  /** Those whose attributes have these values, in their order. */
  public where(values: readonly (readonly [name: string, value: string])[]): readonly TerraformResource[] {
    const [first, ...others] = values;
    if (first === undefined) return this.resources;
    const [name, value] = first;
    return this.by(name).get(value)?.where(others) ?? [];
  }

  private by(name: string): ReadonlyMap<string, ResourceIndex> {
    const known = this.byAttribute.get(name);
    if (known !== undefined) return known;
    const groups = new Map<string, TerraformResource[]>();
    for (const resource of this.resources) {
      const value = resource.text(name);
      const group = groups.get(value);
      if (group === undefined) groups.set(value, [resource]);
      else group.push(resource);
    }
    const made = new Map(Array.from(groups, ([value, group]) => [value, new ResourceIndex(group)]));
    this.byAttribute.set(name, made);
    return made;
  }
}

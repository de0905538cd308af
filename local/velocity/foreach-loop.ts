import type { JavaObject } from "./java-object";

/** The methods of `$foreach`, with the property that each gives. */
export const FOREACH_METHODS: ReadonlyMap<string, string> = new Map([
  ["hasNext", "hasNext"],
  ["isFirst", "first"],
  ["isLast", "last"],
  ["getIndex", "index"],
  ["getCount", "count"],
  ["getParent", "parent"],
  ["getTopmost", "topmost"],
]);

/** `$foreach`: where a loop is. */
export class ForeachLoop implements JavaObject {
  public readonly templateName = "$foreach";
  public index = -1;
  /** Whether items were left when the item of the moment was taken. */
  public hasNext = false;

  constructor(private readonly parent: ForeachLoop | undefined) {}

  public get count(): number {
    return this.index + 1;
  }

  public property(name: string): unknown {
    switch (name) {
      case "index":
        return this.index;
      case "count":
        return this.count;
      case "hasNext":
        return this.hasNext;
      case "first":
        return this.index === 0;
      case "last":
        return !this.hasNext;
      case "parent":
        return this.parent ?? null;
      case "topmost":
        return this.topmost;
      default:
        return null;
    }
  }

  public call(name: string): unknown {
    const property = FOREACH_METHODS.get(name);
    return property && this.property(property);
  }

  private get topmost(): ForeachLoop {
    return this.parent ? this.parent.topmost : this;
  }
}

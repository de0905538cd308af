import type { JavaObject } from "./java-object";

/** `$foreach`: where a loop is. */
export class ForeachLoop implements JavaObject {
  index = -1;

  constructor(
    private readonly length: number,
    private readonly parent: ForeachLoop | undefined,
  ) {}

  get count(): number {
    return this.index + 1;
  }

  get hasNext(): boolean {
    return this.count < this.length;
  }

  property(name: string): unknown {
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

  call(name: string): unknown {
    const property = {
      hasNext: "hasNext",
      isFirst: "first",
      isLast: "last",
      getIndex: "index",
      getCount: "count",
    };
    return Object.hasOwn(property, name) ? this.property(property[name as keyof typeof property]) : null;
  }

  private get topmost(): ForeachLoop {
    return this.parent ? this.parent.topmost : this;
  }
}

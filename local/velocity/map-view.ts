import { JavaCollection } from "./java-list";
import { MapEntry } from "./map-entry";
import type { ValueMap } from "./value-map";

/** What `keySet()`, `values()` and `entrySet()` give: a part of a map, which changes with it. */
export class MapView extends JavaCollection {
  constructor(
    private readonly map: ValueMap,
    public readonly part: "keys" | "values" | "entries",
  ) {
    super();
  }

  public override get items(): unknown[] {
    return this.part === "entries" ? this.entries() : [...this.map[this.part]()];
  }

  public override get revision(): number {
    return this.map.size;
  }

  public override removeAt(index: number): void {
    this.map.delete([...this.map.keys()][index]);
  }

  public override clear(): void {
    this.keep(() => false);
  }

  public override keep(passes: (item: unknown) => boolean): boolean {
    const { items } = this;
    const removed = [...this.map.keys()].filter((_, index) => !passes(items[index]));
    for (const key of removed) this.map.delete(key);
    return removed.length > 0;
  }

  private entries(): MapEntry[] {
    return [...this.map.entries()].map(([key, value]) => new MapEntry(key, value, this.map));
  }
}

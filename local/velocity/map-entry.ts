import type { ValueMap } from "./value-map";

/** One of what `entrySet()` gives: `$entry.key`, `$entry.value`. */
export class MapEntry {
  constructor(
    public readonly key: unknown,
    public value: unknown,
    private readonly map: ValueMap,
  ) {}

  /** Changes the map too. @returns the value before */
  public setValue(value: unknown): unknown {
    const before = this.value;
    this.value = value;
    this.map.set(this.key, value);
    return before;
  }
}

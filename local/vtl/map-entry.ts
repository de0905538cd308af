import type { JavaObject } from "./java-object";

/** What `entrySet()` gives: `$entry.key`, `$entry.value`, `$entry.getKey()`, `$entry.getValue()`. */
export class MapEntry implements JavaObject {
  constructor(
    readonly key: unknown,
    readonly value: unknown,
  ) {}

  property(name: string): unknown {
    return name === "key" ? this.key : name === "value" ? this.value : null;
  }

  call(name: string): unknown {
    return name === "getKey" ? this.key : name === "getValue" ? this.value : null;
  }
}

import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { requireItems } from "./rendering-limits";

/** A Java Character: one UTF-16 unit, which prints like a string and is none. */
export class JavaCharacter {
  constructor(public readonly value: string) {}

  public toString(): string {
    return this.value;
  }
}

/** A Java collection: a list, or a map's keys, values or entries. */
export abstract class JavaCollection {
  /** The items in order; of a map's parts, those of the moment. */
  public abstract readonly items: readonly unknown[];
  /** What differs once items were added or taken away: an iterator that finds it changed gives up. */
  public abstract readonly revision: number;

  public abstract removeAt(index: number): void;

  public abstract clear(): void;

  /** Removes what does not pass; tells whether there was such. */
  public abstract keep(passes: (item: unknown) => boolean): boolean;
}

/** A list. Lists that came out of JSON print as JSON, those that the template made print as Java's do: `[a, b]`. */
export class JavaList extends JavaCollection {
  public revision = 0;

  constructor(
    public readonly items: unknown[],
    public readonly printsAs: "json" | "java" = "java",
  ) {
    super();
  }

  /** Adds and takes away items; all such changes come here. */
  public splice(start: number, removed: number, added: readonly unknown[]): unknown[] {
    this.revision += 1;
    requireItems(this.items.length - removed + added.length);
    const tail = this.items.splice(start);
    // Item by item, since an argument list has a limit.
    for (const item of [...added, ...tail.slice(removed)]) this.items.push(item);
    return tail.slice(0, removed);
  }

  public override removeAt(index: number): void {
    this.splice(index, 1, []);
  }

  public override clear(): void {
    this.splice(0, this.items.length, []);
  }

  public override keep(passes: (item: unknown) => boolean): boolean {
    const before = this.items.length;
    const kept = this.items.filter(passes);
    if (kept.length < before) this.splice(0, before, kept);
    return kept.length < before;
  }
}

/** A part of a list: what is added to it or taken from it is so in the whole list too. */
export class SubList extends JavaList {
  constructor(
    private readonly whole: JavaList,
    private readonly start: number,
    end: number,
  ) {
    super(whole.items.slice(start, end));
  }

  public override splice(start: number, removed: number, added: readonly unknown[]): unknown[] {
    this.whole.splice(this.start + start, removed, added);
    return super.splice(start, removed, added);
  }
}

/** A Java array, such as `split` gives. Velocity lends it a list's methods that leave its length alone. */
export class JavaArray {
  constructor(
    public readonly items: unknown[],
    public readonly componentType: "String" | "Object" | "byte" | "char" = "Object",
  ) {}
}

/** Walks a collection as Java's iterators do: one that is changed meanwhile ends the rendering at the next step. */
export class JavaIterator {
  private items: readonly unknown[];
  private revision: number;
  private position = 0;

  constructor(private readonly collection: JavaCollection) {
    this.items = collection.items;
    this.revision = collection.revision;
  }

  public hasNext(): boolean {
    return this.position !== this.items.length;
  }

  /** @throws MappingTemplateError if the collection changed, or is at its end */
  public next(): unknown {
    this.check();
    if (this.position >= this.items.length) throw new MappingTemplateError("NoSuchElementException");
    this.position += 1;
    return this.items[this.position - 1];
  }

  public remove(): void {
    this.check();
    if (this.position === 0) {
      throw new MappingTemplateError("IllegalStateException: next() comes before remove()");
    }
    this.position -= 1;
    this.collection.removeAt(this.position);
    this.items = this.collection.items;
    this.revision = this.collection.revision;
  }

  private check(): void {
    if (this.revision !== this.collection.revision) {
      throw new MappingTemplateError(
        "ConcurrentModificationException: a list or map was changed while #foreach or an iterator walks it",
      );
    }
  }
}

/** A map that its host lends to templates, which reads and writes through to what the host has. */
export abstract class AbstractMap {
  public abstract readonly size: number;
  public abstract has(key: unknown): boolean;
  public abstract get(key: unknown): unknown;
  public abstract set(key: unknown, value: unknown): void;
  public abstract delete(key: unknown): void;
  public abstract keys(): Iterable<string>;
  public abstract values(): Iterable<unknown>;
  public abstract entries(): Iterable<[string, unknown]>;
}

/** A map that templates read and change: one of their own, or one that is lent to them. */
export type ValueMap = Map<unknown, unknown> | AbstractMap;

/** Tells a map from other values. */
export function isValueMap(value: unknown): value is ValueMap {
  return value instanceof Map || value instanceof AbstractMap;
}

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

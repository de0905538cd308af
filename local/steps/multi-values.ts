/** Values by name where a name may occur more than once: headers and query parameters. */
export class MultiValues {
  private readonly values = new Map<string, string[]>();

  add(name: string, value: string): void {
    const values = this.values.get(name);
    if (values === undefined) this.values.set(name, [value]);
    else values.push(value);
  }

  /** All values under exactly this name. */
  all(name: string): readonly string[] | undefined {
    return this.values.get(name);
  }

  /** The last value under exactly this name: what API Gateway's single-value maps hold. */
  last(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  /** The last value under this name in any case. */
  lastIgnoringCase(name: string): string | undefined {
    const exact = this.last(name);
    if (exact !== undefined) return exact;
    const wanted = name.toLowerCase();
    let found: string | undefined;
    for (const [key, values] of this.values) if (key.toLowerCase() === wanted) found = values.at(-1);
    return found;
  }

  get size(): number {
    return this.values.size;
  }

  /** The last value by name, without the names in `hidden` (lower case). */
  toSingleValues(hidden?: ReadonlySet<string>): Record<string, string> {
    const record = Object.create(null) as Record<string, string>;
    for (const [name, values] of this.values) {
      if (hidden?.has(name.toLowerCase()) !== true) record[name] = values.at(-1) ?? "";
    }
    return record;
  }

  toMultiValues(): Record<string, readonly string[]> {
    return Object.fromEntries(this.values);
  }
}

/**
 * Values by name where a name may occur more than once: headers and query parameters. Kept as they came, since most
 * requests are asked for a few of them only.
 */
export class MultiValues {
  /** Names and values in turn. */
  private readonly pairs: readonly string[];

  constructor(pairs: readonly string[]) {
    this.pairs = pairs;
  }

  public get isEmpty(): boolean {
    return this.pairs.length === 0;
  }

  /** All values under exactly this name. */
  public all(name: string): readonly string[] | undefined {
    const values: string[] = [];
    for (let index = 0; index < this.pairs.length; index += 2) {
      if (this.pairs[index] === name) values.push(this.pairs[index + 1] ?? "");
    }
    return values.length === 0 ? undefined : values;
  }

  /** The last value under exactly this name: what API Gateway's single-value maps hold. */
  public last(name: string): string | undefined {
    for (let index = this.pairs.length - 2; index >= 0; index -= 2) {
      if (this.pairs[index] === name) return this.pairs[index + 1];
    }
    return undefined;
  }

  /** All values under this name in any case. */
  public allIgnoringCase(name: string): readonly string[] {
    const wanted = name.toLowerCase();
    return this.pairs.filter(
      (_, index) => index % 2 === 1 && this.pairs[index - 1]?.toLowerCase() === wanted,
    );
  }

  /** The last value under this name in any case. */
  public lastIgnoringCase(name: string): string | undefined {
    const wanted = name.toLowerCase();
    for (let index = this.pairs.length - 2; index >= 0; index -= 2) {
      const key = this.pairs[index] ?? "";
      if (key.length === wanted.length && key.toLowerCase() === wanted) return this.pairs[index + 1];
    }
    return undefined;
  }

  /** The last value by name, without the names in `hidden` (lower case). */
  public toSingleValues(hidden?: ReadonlySet<string>): Record<string, string> {
    const record = Object.create(null) as Record<string, string>;
    for (let index = 0; index < this.pairs.length; index += 2) {
      const name = this.pairs[index] ?? "";
      if (hidden?.has(name.toLowerCase()) !== true) record[name] = this.pairs[index + 1] ?? "";
    }
    return record;
  }

  public toMultiValues(): Record<string, readonly string[]> {
    const names = new Set(this.pairs.filter((_, index) => index % 2 === 0));
    return Object.fromEntries([...names].map((name) => [name, this.all(name) ?? []]));
  }
}

import { JavaDouble } from "../../aws/velocity/java-double";

/** A Java Float. It differs from a Double in its digits: `0.1`, not `0.10000000149011612`. */
export class JavaFloat extends JavaDouble {
  constructor(value: number) {
    super(Math.fround(value));
  }

  /** The shortest digits that give the same float, as Java's `Float.toString` writes them. */
  public override toString(): string {
    for (let digits = 1; digits < 9; digits += 1) {
      const short = Number(this.value.toPrecision(digits));
      if (Math.fround(short) === this.value) return new JavaDouble(short).toString();
    }
    return super.toString();
  }
}

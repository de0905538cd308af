import { StackError } from "../stack-error";

/** Works out each named value once, when it is first asked for; values that need themselves are an error. */
export class LazyValues<Value> {
  private readonly known = new Map<string, { readonly value: Value }>();

  /** @param underway addresses of what is being worked out: values of several kinds may need each other */
  constructor(private readonly underway: string[]) {}

  /** Throws `StackError` naming the whole circle if `address` is being worked out already. */
  public get(address: string, compute: () => Value): Value {
    const known = this.known.get(address);
    if (known !== undefined) return known.value;
    this.refuseCircle(address);
    this.underway.push(address);
    try {
      const value = compute();
      this.known.set(address, { value });
      return value;
    } finally {
      this.underway.pop();
    }
  }

  private refuseCircle(address: string): void {
    const start = this.underway.indexOf(address);
    if (start === -1) return;
    const circle = [...this.underway.slice(start), address].join(" → ");
    throw new StackError({ address, wrong: `needs its own value (${circle})`, mend: "Break the circle" });
  }
}

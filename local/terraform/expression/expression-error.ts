import { StackError } from "../stack-error";

/** An expression that can't be read or evaluated; the caller adds the address. `try` and `can` catch it. */
export class ExpressionError extends Error {
  public override readonly name: string = "ExpressionError";
}

/** A value that only an apply tells. Unlike an `ExpressionError`, `try` and `can` don't catch it: AWS would have had one. */
export class UnknownValueError extends StackError {
  public readonly address: string;
  public readonly mend: string;

  constructor(address: string) {
    const mend = `Give it by --stand-in '${address}=<value>', or give the output of \`terraform show -json\` after an apply`;
    super({ address, wrong: "is known only after an apply", mend, isUnknown: true });
    this.address = address;
    this.mend = mend;
  }

  /** The mistake of whoever needs the value. */
  public neededAt(address: string, got?: unknown): StackError {
    const wrong = `needs ${this.address}, which is known only after an apply`;
    return new StackError({
      address,
      wrong,
      ...(got !== undefined && { got }),
      mend: this.mend,
      isUnknown: true,
    });
  }
}

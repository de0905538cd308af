import { StackError } from "../stack-error";

/** An expression that can't be read or evaluated; the caller adds the address. `try` and `can` catch it. */
export class ExpressionError extends Error {
  public override readonly name: string = "ExpressionError";
}

/** A value that only AWS knows. Unlike an `ExpressionError`, `try` and `can` don't catch it: AWS would have had one. */
export class UnknownValueError extends StackError {
  public readonly address: string;
  public readonly mend: string;

  constructor(address: string) {
    const mend = "Apply the stack and give the output of `terraform show -json` instead";
    super({ address, wrong: "is known only to AWS", mend, isUnknown: true });
    this.address = address;
    this.mend = mend;
  }
}

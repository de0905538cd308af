/** An expression that can't be read or evaluated; the caller adds the address. `try` and `can` catch it. */
export class ExpressionError extends Error {
  public override readonly name: string = "ExpressionError";
}

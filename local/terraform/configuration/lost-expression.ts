/** An expression of which a plan tells what it refers to, but not its text. */
export class LostExpression {
  constructor(public readonly references: readonly string[]) {}
}

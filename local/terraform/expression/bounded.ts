import { ExpressionError } from "./expression-error";

/** Far beyond what a stack needs, and far below what holds the gateway up. Terraform itself has no such bounds. */
const MOST = { values: 10_000, characters: 4 * 1024 * 1024 };

/** The value, unless it has grown as values do that are joined to themselves again and again. */
export function bounded<Value>(value: Value): Value {
  if (typeof value === "string" && value.length > MOST.characters) {
    throw new ExpressionError(`it makes a text of more than ${MOST.characters} characters`);
  }
  if (Array.isArray(value) && value.length > MOST.values) {
    throw new ExpressionError(`it makes a list of more than ${MOST.values} values`);
  }
  return value;
}

/** Counts the values of a whole: lists of lists grow without any of them being long. */
export class ValueBudget {
  private left = MOST.values * 10;

  public spend(): void {
    this.left -= 1;
    if (this.left < 0) throw new ExpressionError(`it holds more than ${MOST.values * 10} values`);
  }
}

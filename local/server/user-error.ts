import { type Mistake, mistakeText } from "../../errors/mistake";

/** A mistake that the user can mend, told in one line. */
export class UserError extends Error {
  public override readonly name = "UserError";

  constructor(mistake: Required<Mistake>, options?: ErrorOptions) {
    super(mistakeText(mistake), options);
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

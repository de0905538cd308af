import { oneLine } from "../../errors/printable";

/** A mistake that the user can mend, told in one line. */
export class UserError extends Error {
  public override readonly name = "UserError";

  /** The line is `<what>: <wrong>, got <got>; <allowed>. <mend>.` */
  constructor(parts: {
    what: string;
    wrong: string;
    got: string;
    allowed: string;
    mend: string;
    cause?: unknown;
  }) {
    const { what, wrong, got, allowed, mend, cause } = parts;
    super(oneLine(`${what}: ${wrong}, got ${got}; ${allowed}. ${mend}.`), { cause });
  }
}

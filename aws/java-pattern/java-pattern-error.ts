/** A Java pattern, or the replacement for what one matches, that Java refuses or that is not supported. */
export class JavaPatternError extends Error {
  public override readonly name = "JavaPatternError";

  constructor(
    /** The pattern or replacement, and in front of it what it is. */
    subject: string,
    wrong: string,
    /** The character that is wrong, counted from 0. */
    position?: number,
    options?: ErrorOptions,
  ) {
    const place = position === undefined ? "" : `, at character ${position + 1}`;
    super(`${subject}: ${wrong}${place}`, options);
  }
}

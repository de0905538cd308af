import { type Mistake, mistakeText } from "./mistake";

/** A command line that can't be meant: commands end with another code than where they could not do their work. */
export class CommandLineError extends Error {
  public override readonly name = "CommandLineError";

  constructor(mistake: Required<Mistake>, options?: ErrorOptions) {
    super(mistakeText(mistake), options);
  }
}

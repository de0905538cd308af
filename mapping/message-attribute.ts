import type { ValueSource } from "./value-source";

/** A message attribute of type String, which a message has when its source has a value. */
export interface MessageAttribute {
  readonly name: string;
  readonly source: ValueSource;
}

/** A Java Character: one UTF-16 unit, which prints like a string and is none. */
export class JavaCharacter {
  constructor(readonly value: string) {}

  toString(): string {
    return this.value;
  }
}

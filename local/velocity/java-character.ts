/** A Java Character: one UTF-16 unit, which prints like a string and is none. */
export class JavaCharacter {
  constructor(public readonly value: string) {}

  public toString(): string {
    return this.value;
  }
}

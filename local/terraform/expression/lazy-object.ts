/** An object whose attributes are worked out when they are asked for: a resource, or one of its blocks. */
export class LazyObject {
  /** How messages name it. */
  public readonly address: string;
  private readonly read: (name: string) => unknown;

  constructor(address: string, read: (name: string) => unknown) {
    this.address = address;
    this.read = read;
  }

  /** Throws `UnknownValueError` for what only AWS knows. */
  public attribute(name: string): unknown {
    return this.read(name);
  }
}

/**
 * Where the ids of what is done are kept: a table of yours, Redis, or {@link IdsInMemory}. Keys are the sender's name and its own id.
 * Two consumers that have the same delivery at the same time both find it unseen: what must not happen twice belongs in one
 * transaction with your record of it.
 */
export interface SeenIds {
  readonly has: (key: string) => boolean | Promise<boolean>;
  readonly add: (key: string) => void | Promise<void>;
}

/** Ids in this process, the newest `maximum` of them: for one consumer that runs on, and for tests. */
export class IdsInMemory implements SeenIds {
  private readonly keys = new Set<string>();

  /** @param maximum about 100 bytes each */
  constructor(private readonly maximum = 100_000) {}

  public has(key: string): boolean {
    return this.keys.has(key);
  }

  public add(key: string): void {
    this.keys.delete(key);
    this.keys.add(key);
    const [oldest] = this.keys;
    if (this.keys.size > this.maximum && oldest !== undefined) this.keys.delete(oldest);
  }
}

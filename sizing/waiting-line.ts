/** Messages that were sent in the same step and have fared alike since. */
export interface Cohort {
  /** In seconds. Messages flow: the count is no whole number. */
  readonly sentAt: number;
  readonly count: number;
  /** How many of them fail on every receive. */
  readonly poison: number;
  /** How often they were received. */
  readonly receives: number;
}

/** Messages that wait to be received, first come, first served. */
export class WaitingLine {
  private readonly cohorts: (Cohort | undefined)[] = [];
  private first = 0;
  private total = 0;

  public get count(): number {
    return this.total;
  }

  /** When the oldest was sent. */
  public get oldest(): number | undefined {
    return this.head?.sentAt;
  }

  public add(cohort: Cohort): void {
    if (cohort.count <= 0) return;
    this.cohorts.push(cohort);
    this.total += cohort.count;
  }

  /** Takes up to so many messages. */
  public take(limit: number): readonly Cohort[] {
    const taken: Cohort[] = [];
    let left = limit;
    for (let head = this.head; head && head.count <= left; head = this.head) {
      taken.push(head);
      left -= head.count;
      this.dropHead();
    }
    if (this.head === undefined || left === 0) return taken;
    const share = left / this.head.count;
    taken.push(shareOf(this.head, share));
    this.cohorts[this.first] = shareOf(this.head, 1 - share);
    this.total -= left;
    return taken;
  }

  /** Takes what was sent before a time. */
  public expire(before: number): number {
    let expired = 0;
    for (let head = this.head; head && head.sentAt < before; head = this.head) {
      expired += head.count;
      this.dropHead();
    }
    return expired;
  }

  private get head(): Cohort | undefined {
    return this.cohorts[this.first];
  }

  private dropHead(): void {
    this.total -= this.head?.count ?? 0;
    this.cohorts[this.first++] = undefined;
    // What rounding has left.
    if (this.head === undefined) this.total = 0;
  }
}

function shareOf(cohort: Cohort, share: number): Cohort {
  return { ...cohort, count: cohort.count * share, poison: cohort.poison * share };
}

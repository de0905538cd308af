import { type Problem, StackError } from "./stack-error";

/** Gathers the problems of independent parts, so that a user mends them all after one run. */
export class ProblemList {
  private readonly problems: Problem[] = [];

  /** Runs `build`; a `StackError` is kept for later and gives undefined, any other error is thrown on. */
  public attempt<T>(build: () => T): T | undefined {
    try {
      return build();
    } catch (error) {
      if (!(error instanceof StackError)) throw error;
      this.problems.push(...error.problems.filter((problem) => !this.has(problem)));
      return undefined;
    }
  }

  /** Builds each item, leaving out those with problems. */
  public attemptEach<In, Out extends object>(items: readonly In[], build: (item: In) => Out): Out[] {
    return items.map((item) => this.attempt(() => build(item))).filter((built) => built !== undefined);
  }

  public throwIfAny(): void {
    if (this.problems.length > 0) throw new StackError(...this.problems);
  }

  private has(problem: Problem): boolean {
    return this.problems.some(({ address, wrong }) => address === problem.address && wrong === problem.wrong);
  }
}

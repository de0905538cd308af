import { type Mistake, mistakeText, shown } from "../../errors/mistake";

/** One mistake in a stack. */
export interface Problem extends Pick<Mistake, "wrong" | "mend"> {
  /** Terraform address, with the attribute where there is one: `aws_api_gateway_integration.Post.type`. */
  readonly address: string;
  readonly got?: unknown;
  /** A sentence; "allowed" is added to one that ends in "is" or "are". */
  readonly allowed?: string;
  /** Can only an apply tell what is needed here? What does not need it is served all the same. */
  readonly isUnknown?: boolean;
}

/** A stack that the local gateway can't serve; the message holds every problem found, one a line. */
export class StackError extends Error {
  public override readonly name: string = "StackError";
  public readonly problems: readonly Problem[];

  constructor(...problems: readonly Problem[]) {
    super(problems.map(problemText).join("\n"));
    this.problems = problems;
  }

  /** Is nothing wrong but that only an apply can tell what is needed? */
  public get isUnknown(): boolean {
    return this.problems.every((problem) => problem.isUnknown);
  }
}

function problemText({ address, wrong, got, allowed, mend }: Problem): string {
  return mistakeText({
    where: address,
    wrong,
    got: got === undefined ? undefined : shown(got),
    allowed: allowed?.replace(/ (?:is|are)$/, "$& allowed"),
    mend,
  });
}

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

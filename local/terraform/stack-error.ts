import { oneLine } from "../../errors/printable";

/** One mistake in a stack, told as people read it: where, what, what instead, and how to mend it. */
export interface Problem {
  /** Terraform address, with the attribute where there is one: `aws_api_gateway_integration.Post.type`. */
  readonly address: string;
  readonly wrong: string;
  /** Shown as JSON, and cut short when it is long. */
  readonly got?: unknown;
  /** A sentence; "allowed" is added to one that ends in "is" or "are". */
  readonly allowed?: string;
  readonly mend?: string;
}

/** A stack that the local gateway can't serve; the message holds every problem found, one a line. */
export class StackError extends Error {
  public readonly problems: readonly Problem[];

  constructor(...problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "StackError";
    this.problems = problems;
  }
}

function formatProblem({ address, wrong, got, allowed, mend }: Problem): string {
  const value = got === undefined ? "" : `, got ${shown(got)}`;
  const rule = allowed === undefined ? "" : `; ${allowed.replace(/ (?:is|are)$/, "$& allowed")}`;
  const advice = mend === undefined ? "" : `. ${mend}`;
  return oneLine(`${address}: ${wrong}${value}${rule}${advice}`);
}

function shown(value: unknown): string {
  try {
    const text = JSON.stringify(value);
    return text.length > 200 ? `${text.slice(0, 197)}…` : text;
  } catch {
    return "a value that is nested too deep to be shown";
  }
}

import { type Mistake, messageOf, mistakeText } from "../../errors/mistake";

/** How the commands write what startGateway takes. */
const FLAGS = {
  authorizer: "--authorizer",
  consumer: "--consumer",
  credentials: "--credentials",
  createQueues: "--create-queues",
  host: "--host",
  jwks: "--jwks",
  "page: false": "--no-page",
  port: "--port",
  s3Endpoint: "--s3-endpoint",
  sqsEndpoint: "--sqs-endpoint",
  variables: "--var",
} as const;

/** A mistake that may be about an option: `option` writes its name as the reader knows it. */
export type OptionMistake = (option: (name: keyof typeof FLAGS) => string) => Required<Mistake>;

/** A mistake that the user can mend, told in one line: to the callers of startGateway, if not {@link toldWithFlags}. */
export class UserError extends Error {
  public override readonly name = "UserError";

  /** The message for those who have flags. */
  public readonly withFlags: string;

  constructor(mistake: Required<Mistake> | OptionMistake, options?: ErrorOptions) {
    const told = typeof mistake === "function" ? mistake : () => mistake;
    super(mistakeText(told((name) => name)), options);
    this.withFlags = mistakeText(told((name) => FLAGS[name]));
  }
}

/** The same on a command line. */
export function toldWithFlags(error: unknown): string {
  return error instanceof UserError ? error.withFlags : messageOf(error);
}

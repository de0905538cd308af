import { UserError } from "./user-error";

/** An option that names an endpoint. */
type EndpointOption = "sqsEndpoint" | "s3Endpoint";

/** @throws UserError for an endpoint that is none */
export function requireUrl(name: EndpointOption, endpoint: string, example: string): void {
  if (URL.canParse(endpoint) && /^https?:/.test(endpoint)) return;
  throw new UserError((option) => ({
    where: option(name),
    wrong: "is not a URL",
    got: JSON.stringify(endpoint),
    allowed: `URLs such as ${example} are allowed`,
    mend: "Correct it, or leave it out to use the emulator.",
  }));
}

/** What an endpoint lacks. */
interface Missing {
  readonly names: readonly string[];
  readonly endpoint: string;
  readonly isAws: boolean;
  /** Which endpoint is allowed. */
  readonly allowed: string;
}

/** An endpoint at which something of the stacks is not there, and is not to be made. */
export function notThere(name: EndpointOption, { names, endpoint, isAws, allowed }: Missing): UserError {
  const [verb, them] = names.length === 1 ? ["is", "it"] : ["are", "them"];
  return new UserError((option) => ({
    where: option(name),
    wrong: `${names.join(", ")} ${verb} not there`,
    got: endpoint,
    allowed: `${allowed} is allowed`,
    mend: isAws
      ? "Deploy the stacks first."
      : `Make ${them}, or have ${them} made with ${option("createQueues")}.`,
  }));
}

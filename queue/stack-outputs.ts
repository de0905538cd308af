import { mistakeText } from "../errors/mistake";
import { readJsonFile } from "../errors/read-json-file";
import { isObject, stackFolder, terraformJson } from "./terraform-command";

/** The outputs of a deployed stack. */
export interface StackOutputs {
  /** Where they come from. */
  readonly source: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** How Terraform writes outputs, in a state as in `terraform output -json`. */
type Written = Readonly<Record<string, { readonly value?: unknown } | null>>;

const WITHOUT_TERRAFORM = ", or give a state by --state, or the queue by --queue-url";

/** What a stack's Terraform says in the stack's folder, which works with every backend. `stack` may also be a folder. */
export function outputsOfStack(stack: string): StackOutputs {
  const folder = stackFolder(stack, WITHOUT_TERRAFORM);
  const written = terraformJson(folder, "output", WITHOUT_TERRAFORM);
  return deployed(folder, JSON.parse(written) as Written);
}

/** Those in a file: a state, or what `terraform show -json` or `terraform output -json` printed. */
export function outputsOfFile(file: string): StackOutputs {
  const state = readJsonFile(file);
  if (!isObject(state)) throw notAState(file);
  const { values, outputs = isObject(values) ? (values.outputs ?? {}) : undefined } = state;
  const written = outputs ?? state;
  const isWritten =
    isObject(written) && Object.values(written).every((output) => isObject(output) && "value" in output);
  if (!isWritten) throw notAState(file);
  return deployed(file, written as Written);
}

/**
 * The output's text.
 * @throws Error where the stack has no such output
 */
export function requireOutput({ source, values }: StackOutputs, name: string): string {
  const value = values[name];
  if (typeof value === "string") return value;
  const names = Object.keys(values).join(", ");
  throw failure(source, `has no output ${name}`, names, "outputs of auth-stack or no-auth-stack", {
    mend: "Name the state of one of these.",
  });
}

/** What the output `webhooks` tells of a path. */
export interface DeployedWebhook {
  readonly url: string;
  readonly queue_url: string;
}

/**
 * What is deployed at a path of the output `webhooks`, with or without its slash.
 * @throws Error where no sender has it
 */
export function requireWebhook({ source, values }: StackOutputs, path: string): DeployedWebhook {
  const webhooks = isObject(values.webhooks) ? values.webhooks : {};
  const found = webhooks[path.startsWith("/") ? path : `/${path}`];
  if (isObject(found)) return found as unknown as DeployedWebhook;
  const paths = Object.keys(webhooks).join(", ");
  throw failure(source, "has no sender of webhooks at that path", path, paths || "none of this stack", {
    mend: paths === "" ? "Drop --webhook." : "Write one of those behind --webhook.",
  });
}

function deployed(source: string, written: Written): StackOutputs {
  const values = Object.fromEntries(Object.entries(written).map(([name, output]) => [name, output?.value]));
  if (Object.keys(values).length > 0) return { source, values };
  throw failure(source, "has no outputs", "none: it is not deployed", "a stack that is deployed", {
    mend: "Deploy it first, or, if it is, see that the backend and the workspace are those of its deployment.",
  });
}

function notAState(file: string): Error {
  return failure(
    file,
    "holds no outputs",
    undefined,
    "a Terraform state, or the output of terraform show -json or output -json",
    {
      mend: "Name such a file.",
    },
  );
}

interface Ending {
  readonly mend: string;
}

function failure(
  where: string,
  wrong: string,
  got: string | undefined,
  allowed: string,
  { mend }: Ending,
): Error {
  return new Error(mistakeText({ where, wrong, got, allowed, mend }));
}

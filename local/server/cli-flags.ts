import { Command, CommanderError, Option } from "commander";
import { flagMistake } from "../../errors/flag-mistake";
import { refuseFlagsOfNpm } from "../../errors/npm-flags";
import type { ConsumerOption } from "./consumer-plans";
import { SAMPLE_TOKEN } from "./sample-authorizer";
import { notBlank, type StackFlags, withStackFlags } from "./stack-flags";
import { STACK_PATHS } from "./synthesized-stacks";
import type { VariableInput } from "../terraform/variable-files";
import { UserError } from "./user-error";

/** What was asked for on the command line. */
export interface Flags extends StackFlags {
  readonly stack: readonly string[];
  readonly sqsEndpoint?: string;
  readonly s3Endpoint?: string;
  readonly createQueues?: true;
  readonly authorizer?: string;
  readonly consumer?: ConsumerOption;
  readonly baseline?: string;
  readonly token: string;
  readonly credentials?: string;
  readonly jwks?: string;
  readonly variables?: readonly VariableInput[];
  readonly port: number;
  readonly host: string;
  readonly page: boolean;
  readonly json?: true;
  readonly jsonLog?: true;
  readonly quiet?: true;
  readonly watch?: true;
}

/** How a command is typed, and what it serves where no stack is named. */
export interface CommandTexts {
  readonly name: string;
  readonly byDefault: string;
  /** The script of this project that it is, where npm may have kept its flags. */
  readonly script?: string;
}

/**
 * Reads the command line, or `args` instead.
 * @returns undefined where only help was asked for
 * @throws UserError, CommandLineError
 */
export function readFlags(texts: CommandTexts, args?: readonly string[]): Flags | undefined {
  const variables: VariableInput[] = [];
  const program = commandLine(texts, variables);
  if (texts.script !== undefined) {
    refuseFlagsOfNpm(
      texts.script,
      program.options.map((option) => option.name().replace(/^no-/, "")),
    );
  }
  try {
    if (args === undefined) program.parse();
    else program.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UserError(flagMistake(program, error));
  }
  const { stack = [], ...flags } = program.opts<Omit<Flags, "stack"> & Partial<Pick<Flags, "stack">>>();
  return { ...flags, variables, stack: [...stack, ...program.args] };
}

function commandLine({ name, byDefault }: CommandTexts, variables: VariableInput[]): Command {
  const program = new Command(name)
    .description("Serves the stacks' APIs on this machine, with an SQS emulator behind them.")
    .argument("[stacks...]", "the same as --stack")
    .addOption(
      new Option("--stack <path>", `${STACK_PATHS}; repeatable (default: ${byDefault})`).argParser(
        collectPath,
      ),
    )
    .addOption(
      new Option(
        "--baseline <path>",
        "stacks as they were before, for a stage that goes on serving what was deployed before, such as one with a canary",
      ).argParser(notBlank("--baseline", "before/stacks")),
    )
    .option("--sqs-endpoint <url>", "send to this SQS instead of starting an emulator")
    .option(
      "--s3-endpoint <url>",
      "put objects to this S3 instead of starting an emulator where a stack's integration calls S3",
    )
    .option(
      "--create-queues",
      "make the queues that the SQS of --sqs-endpoint lacks, and the buckets that the S3 of --s3-endpoint lacks; never on AWS",
    )
    .addOption(
      new Option(
        "--authorizer <path>",
        "module that exports the Lambda authorizer's handler (default: the function that the stack makes, or the sample, lambda/token-authorizer)",
      ).argParser(notBlank("--authorizer", "lambda/token-authorizer")),
    )
    .addOption(
      new Option(
        "--consumer [path]",
        "module whose handler gets the queues' messages, as from Lambda (default: none; without a path the function that the stack makes)",
      ).argParser(notBlank("--consumer", "lambda/consumer")),
    )
    .addOption(
      new Option("--token <token>", "the token that the sample authorizer accepts")
        .default(SAMPLE_TOKEN)
        .argParser(notBlank("--token", SAMPLE_TOKEN)),
    )
    .option(
      "--credentials <file>",
      "JSON with the access keys that may sign requests (default: one for trying)",
    )
    .option("--jwks <file>", "JSON Web Key Set of Cognito's user pools (default: a new key)");
  return withStackFlags(program, variables)
    .addOption(
      new Option("--port <number>", "port of the gateway, 0 for a free one")
        .default(3000)
        .argParser(readPort),
    )
    .addOption(
      new Option("--host <address>", "address to listen on").default("127.0.0.1").argParser(readHost),
    )
    .option("--no-page", "do not serve the page that shows requests and queues at /")
    .option("--watch", "serve the changed stacks after each change of a source")
    .option("--quiet", "no line for each request")
    .option(
      "--json-log",
      "print the line of its access log for each request, and the table to standard error",
    )
    .option("--json", "print one line of JSON, once all is ready, instead of the table; quiet")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

function collectPath(text: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), notBlank("--stack", "cdktf.out/stacks/auth-stack")(text)];
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UserError({
    where: "--port",
    wrong: "is not a port",
    got: JSON.stringify(text),
    allowed: "0 to 65535 is allowed",
    mend: "Write it as --port 3000, or --port 0 for a free one.",
  });
}

/** An address or a name, as `listen` takes it: the brackets of IPv6 belong to URLs. */
function readHost(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, "$1");
  if (/^(?:[\w.-]+|[\da-f:.]*:[\da-f:.]*:[\da-f:.]*(?:%\w+)?)$/i.test(host)) return host;
  throw new UserError({
    where: "--host",
    wrong: host.trim() === "" ? "is blank" : "is not an address",
    got: JSON.stringify(text),
    allowed: "an address or a name alone is allowed, without scheme, port or path",
    mend: "Write it as --host 127.0.0.1, and the port as --port 3000.",
  });
}

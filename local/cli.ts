import v8 from "node:v8";
import Table from "cli-table3";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import {
  type GatewayOptions,
  type RunningGateway,
  type ServedStack,
  sampleAuthorizer,
  startGateway,
} from "./start-gateway";
import { synthesize } from "./synthesize";
import { watchSources } from "./watch-sources";

// V8 lets garbage grow to several times the live heap; collecting it sooner costs no measurable time per request
// and keeps the process under 130 MiB with 50 callers instead of over 180.
v8.setFlagsFromString("--heap-growing-percent=25");

interface Flags {
  readonly stack: string[];
  readonly sqsEndpoint?: string;
  readonly authorizer: string;
  readonly token: string;
  readonly var?: Record<string, string>;
  readonly port: number;
  readonly host: string;
  readonly page: boolean;
  readonly json?: true;
  readonly watch?: true;
}

const program = new Command("npm start --")
  .description("Serves the stacks' APIs on this machine, with an SQS emulator behind them.")
  .argument("[stacks...]", "the same as --stack")
  .option(
    "--stack <path>",
    "a cdk.tf.json, its folder, or the output of `terraform show -json`; repeatable (default: the stacks of cdktf.json, synthesized first)",
    collect,
  )
  .option("--sqs-endpoint <url>", "send to this SQS instead of starting an emulator")
  .addOption(
    new Option("--authorizer <path>", "module that exports the Lambda authorizer's handler").default(
      sampleAuthorizer,
      "the sample, lambda/token-authorizer",
    ),
  )
  .addOption(
    new Option("--token <token>", "the token that the sample authorizer accepts")
      .default("testtoken")
      .argParser(notBlank("--token testtoken")),
  )
  .option("--var <name=value>", "value of a Terraform variable; repeatable", collectVariable)
  .addOption(
    new Option("--port <number>", "port of the gateway, 0 for a free one").default(3000).argParser(readPort),
  )
  .addOption(
    new Option("--host <address>", "address to listen on")
      .default("127.0.0.1")
      .argParser(notBlank("--host 127.0.0.1")),
  )
  .option("--no-page", "do not serve the page that shows requests and queues at /")
  .option("--watch", "serve the changed stacks after each change of a source")
  .option("--json", "print one line of JSON, once all is ready, instead of the table")
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

void main();

async function main(): Promise<void> {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    const stop = () => {
      stopping.abort();
      resolve();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    if (process.env.npm_lifecycle_event !== undefined) onParentEnd(stop);
  });
  let gateway: RunningGateway | undefined;
  try {
    const flags = readFlags();
    if (flags === undefined) return;
    gateway = await start(flags, stopping.signal);
    const endWatching = flags.watch && (await watchSources(watchedPaths(flags), reloader(gateway, flags)));
    if (!stopping.signal.aborted)
      process.stdout.write(flags.json ? jsonLine(gateway) : overview(gateway, flags.token));
    await stopped;
    await endWatching?.();
    await gateway.close();
    process.exit(0);
  } catch (error) {
    if (stopping.signal.aborted) process.exit(0);
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** A `kill` of npm ends npm and the shell below it, but does not reach this process: it would stay, unseen. */
function onParentEnd(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 250).unref();
}

/** Undefined where only help was asked for. */
function readFlags(): Flags | undefined {
  try {
    program.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new Error(flagMessage(error), { cause: error });
  }
  const { stack = [], ...flags } = program.opts<Omit<Flags, "stack"> & Partial<Pick<Flags, "stack">>>();
  return { ...flags, stack: [...stack, ...program.args] };
}

async function start(flags: Flags, signal: AbortSignal): Promise<RunningGateway> {
  process.env.AUTHORIZER_TOKEN = flags.token;
  const options: GatewayOptions = {
    stacks: await stacksOf(flags, signal),
    sqsEndpoint: flags.sqsEndpoint,
    authorizer: flags.authorizer,
    variables: flags.var,
    port: flags.port,
    host: flags.host,
    page: flags.page,
  };
  return startGateway(options);
}

function stacksOf({ stack }: Flags, signal?: AbortSignal): Promise<string[]> {
  return stack.length > 0 ? Promise.resolve(stack) : synthesize(process.cwd(), signal);
}

function watchedPaths({ stack, authorizer }: Flags): string[] {
  return stack.length > 0 ? [...stack, authorizer] : [process.cwd(), authorizer];
}

/** A change that can't be served is told, and the stacks so far are served on. */
function reloader(gateway: RunningGateway, flags: Flags): () => Promise<void> {
  return async () => {
    try {
      await gateway.reload(await stacksOf(flags));
      process.stderr.write(`${new Date().toLocaleTimeString()} serving the changed stacks\n`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${message}\nThe stacks from before the change are served on.\n`);
    }
  };
}

function jsonLine({ stacks, sqsEndpoint }: RunningGateway): string {
  const short = stacks.map(({ stack, url, queueUrl }) => ({ stack, url, queueUrl }));
  return `${JSON.stringify({ stacks: short, sqsEndpoint })}\n`;
}

function overview({ stacks, pageUrl }: RunningGateway, token: string): string {
  const table = new Table({ head: ["Stack", "URL", "Queue URL", "Token"], style: { head: [], border: [] } });
  for (const stack of stacks) {
    table.push([
      stack.stack,
      stack.url,
      stack.queueUrl,
      tokenHeader(stack) === undefined ? "none needed" : token,
    ]);
  }
  const commands = stacks.map((stack) => curlCommand(stack, token)).join("\n");
  const page = pageUrl === undefined ? "" : `\n\nPage: ${pageUrl}`;
  return `${table.toString()}${page}\n\nTry:\n${commands}\n\nCtrl-C ends it.\n`;
}

function tokenHeader({ url, urls }: ServedStack): string | undefined {
  return urls.find((endpoint) => endpoint.url === url)?.tokenHeader;
}

function curlCommand(stack: ServedStack, token: string): string {
  const header = tokenHeader(stack);
  const authorization = header === undefined ? "" : ` -H "${header}: ${token}"`;
  return `curl -X POST ${stack.url}${authorization} -H "Content-Type: application/json" --data '{"status": "ok"}'`;
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

function collectVariable(text: string, previous: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([\w-]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError(
      "is not a variable with a value|name=value is allowed|Write it as --var aws_region_name=eu-central-1",
    );
  }
  return { ...previous, [name]: value };
}

function notBlank(example: string): (text: string) => string {
  return (text) => {
    if (text.trim() !== "") return text;
    throw new InvalidArgumentError(`is blank|any other text is allowed|Write it as ${example}`);
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError(
    "is not a port|0 to 65535 is allowed|Write it as --port 3000, or --port 0 for a free one",
  );
}

/** Commander's errors in the one form that all messages have. */
function flagMessage(error: CommanderError): string {
  const [, option = "", value = ""] =
    /^error: option '(--[\w-]+)[^']*' argument '([\s\S]*?)' is invalid/.exec(error.message) ?? [];
  const [wrong, allowed, mend] = error.message.replace(/^[\s\S]*is invalid\. /, "").split("|");
  if (mend !== undefined)
    return `${option}: ${wrong ?? ""}, got ${JSON.stringify(value)}; ${allowed ?? ""}. ${mend}.`;
  const flags = program.options.map(({ long }) => long).join(", ");
  const got = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  const what = error.code === "commander.unknownOption" ? "is not a flag" : "needs a value";
  return `${got.split(" ")[0] ?? ""}: ${what}, got ${got}; ${flags} are allowed. See npm start -- --help.`;
}

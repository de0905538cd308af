import { Console } from "node:console";
import v8 from "node:v8";
import { oneLine, printable } from "../../errors/printable";
import { type CommandTexts, type Flags, readFlags } from "./cli-flags";
import { sampleAuthorizer } from "./sample-authorizer";
import { LineOutput } from "./line-output";
import { jsonLine, overview } from "./overview";
import type * as Starting from "./start-gateway";
import type { RunningGateway } from "./start-gateway";
import { toldWithFlags } from "./user-error";
import type * as Watching from "./watch-sources";

// V8 lets garbage grow to several times the live heap; collecting it sooner costs no measurable time per request
// and keeps the process under 130 MiB with 50 callers instead of over 180.
v8.setFlagsFromString("--heap-growing-percent=25");

/** A command that serves stacks. */
export interface ServeCommand extends CommandTexts {
  /** What the stacks that are served by default come from: `--watch` looks there. */
  source(): string;
  /** Finds it, or makes it. */
  defaultStacks(signal?: AbortSignal): readonly string[] | Promise<readonly string[]>;
}

/** Serves what `args`, or the command line, asks for until the process is told to end. */
export async function serve(command: ServeCommand, args?: readonly string[]): Promise<void> {
  const stopping = new AbortController();
  const accessLog = new LineOutput(process.stdout);
  const stopped = new Promise<void>((resolve) => {
    const stop = () => {
      stopping.abort();
      resolve();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    // Whoever read the lines is gone.
    process.stdout.on("error", stop);
    if (process.env.npm_lifecycle_event !== undefined) onParentEnd(stop);
  });
  try {
    const flags = readFlags(command, args);
    if (flags === undefined) return;
    const stacks = (signal?: AbortSignal) => stacksOf(flags, command, signal);
    const gateway = await start(flags, stacks(stopping.signal), accessLog);
    const watched = [
      ...(flags.stack.length > 0 ? flags.stack : [command.source()]),
      flags.authorizer ?? sampleAuthorizer,
      ...(typeof flags.consumer === "string" ? [flags.consumer] : []),
      ...(flags.variables ?? []).filter((input) => typeof input === "string"),
      ...gateway.moduleFolders,
    ];
    const endWatching = flags.watch && (await watch(watched, reloader(gateway, stacks)));
    if (!stopping.signal.aborted) {
      tellWarnings(gateway);
      tellReady(gateway, flags);
      accessLog.open();
    }
    await stopped;
    tellBatches(gateway);
    await endWatching?.();
    await gateway.close();
    accessLog.flush();
    process.exit(0);
  } catch (error) {
    if (stopping.signal.aborted) process.exit(0);
    tell(toldWithFlags(error));
    process.exit(1);
  }
}

/** A batch may take as long as its function; who does not want to wait says so once more. */
function tellBatches({ batchesInFlight }: RunningGateway): void {
  // npm passes on the Ctrl-C that the terminal has sent to this process already: that is no second one.
  setTimeout(() => {
    process.once("SIGINT", () => process.exit(130)).once("SIGTERM", () => process.exit(143));
  }, 500).unref();
  if (batchesInFlight === 0) return;
  const batches = batchesInFlight === 1 ? "1 batch is" : `${batchesInFlight} batches are`;
  tell(`${batches} under way; Ctrl-C once more leaves the messages to the visibility timeout.`);
}

/**
 * A `kill` of npm ends npm and the shell below it, but does not reach this process: it would stay, unseen. A `kill -9` of npm
 * leaves that shell, this process's parent, so this process stays too.
 */
function onParentEnd(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 250).unref();
}

function watch(paths: readonly string[], onChange: () => Promise<void>): Promise<() => Promise<void>> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- few ask for it, and its package takes time to load
  const { watchSources } = require("./watch-sources") as typeof Watching;
  return watchSources(paths, onChange);
}

async function stacksOf(
  { stack }: Flags,
  command: ServeCommand,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  return stack.length > 0 ? stack : command.defaultStacks(signal);
}

async function start(
  flags: Flags,
  stacks: Promise<readonly string[]>,
  accessLog: LineOutput,
): Promise<RunningGateway> {
  process.env.AUTHORIZER_TOKEN = flags.token;
  const isForPrograms = flags.json === true || flags.jsonLog === true;
  // An authorizer runs in this process, and may print, too.
  if (isForPrograms) globalThis.console = new Console(process.stderr);
  // While these are loaded, the stacks are synthesized.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { startGateway } = require("./start-gateway") as typeof Starting;
  return startGateway({
    ...flags,
    defaultAuthorizer: sampleAuthorizer,
    stacks,
    standIns: flags.standIn,
    accountId: flags.account,
    // Whoever reads a line of JSON may never read standard error: a full pipe would hold the gateway up.
    log: flags.quiet || isForPrograms ? undefined : tell,
    consumerPrintsToStandardError: isForPrograms,
    accessLog: flags.jsonLog && accessLog.add,
  });
}

/** Standard output has lines of JSON alone where one of the flags asks for them, the ready line first. */
function tellReady(gateway: RunningGateway, { json, jsonLog }: Flags): void {
  if (json) process.stdout.write(jsonLine(gateway));
  else (jsonLog ? process.stderr : process.stdout).write(overview(gateway));
}

/** A change that can't be served is told, and the stacks so far are served on. */
function reloader(gateway: RunningGateway, stacks: () => Promise<readonly string[]>): () => Promise<void> {
  return async () => {
    try {
      await gateway.reload(await stacks());
      tellWarnings(gateway);
      tell(`${new Date().toLocaleTimeString([], { hour12: false })} serving the changed stacks`);
    } catch (error) {
      tell(`${toldWithFlags(error)}\nThe stacks from before the change are served on.`);
    }
  };
}

function tellWarnings({ warnings }: RunningGateway): void {
  for (const warning of warnings) tell(oneLine(warning));
}

function tell(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

import v8 from "node:v8";
import { type Flags, readFlags } from "./cli-flags";
import { jsonLine, overview } from "./overview";
import { oneLine, printable } from "../../errors/printable";
import { type RunningGateway, startGateway } from "./start-gateway";
import { synthesize } from "./synthesize";
import { messageOf } from "./user-error";
import { watchSources } from "./watch-sources";

// V8 lets garbage grow to several times the live heap; collecting it sooner costs no measurable time per request
// and keeps the process under 130 MiB with 50 callers instead of over 180.
v8.setFlagsFromString("--heap-growing-percent=25");

/** npm runs scripts in the project's folder and tells where it was called: paths on the command line start there. */
const project = process.cwd();
const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
if (script === "start" && caller !== undefined) process.chdir(caller);

void main();

async function main(): Promise<void> {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    const stop = () => {
      stopping.abort();
      resolve();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    if (script !== undefined) onParentEnd(stop);
  });
  try {
    const flags = readFlags();
    if (flags === undefined) return;
    const gateway = await start(flags, stopping.signal);
    const endWatching = flags.watch && (await watchSources(watchedPaths(flags), reloader(gateway, flags)));
    if (!stopping.signal.aborted) {
      tellWarnings(gateway);
      process.stdout.write(flags.json ? jsonLine(gateway) : overview(gateway));
    }
    await stopped;
    await endWatching?.();
    await gateway.close();
    process.exit(0);
  } catch (error) {
    if (stopping.signal.aborted) process.exit(0);
    tell(messageOf(error));
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

async function start(flags: Flags, signal: AbortSignal): Promise<RunningGateway> {
  process.env.AUTHORIZER_TOKEN = flags.token;
  return startGateway({
    ...flags,
    stacks: stacksOf(flags, signal),
    variables: flags.var,
    // Whoever reads a line of JSON may never read standard error: a full pipe would hold the gateway up.
    log: flags.quiet || flags.json ? undefined : tell,
  });
}

function stacksOf({ stack }: Flags, signal?: AbortSignal): Promise<readonly string[]> {
  return stack.length > 0 ? Promise.resolve(stack) : synthesize(project, signal);
}

function watchedPaths({ stack, authorizer }: Flags): string[] {
  return stack.length > 0 ? [...stack, authorizer] : [project, authorizer];
}

/** A change that can't be served is told, and the stacks so far are served on. */
function reloader(gateway: RunningGateway, flags: Flags): () => Promise<void> {
  return async () => {
    try {
      await gateway.reload(await stacksOf(flags));
      tellWarnings(gateway);
      tell(`${new Date().toLocaleTimeString()} serving the changed stacks`);
    } catch (error) {
      tell(`${messageOf(error)}\nThe stacks from before the change are served on.`);
    }
  };
}

function tellWarnings({ warnings }: RunningGateway): void {
  for (const warning of warnings) tell(oneLine(warning));
}

function tell(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { synthesize } from "../local/server/synthesize";
import { type Contender, startBareServer, startGatewayServer } from "./bench-server";
import { type ComparisonOptions, compareServers } from "./compare-servers";
import { measureEndurance } from "./measure-endurance";
import { measureRelay } from "./measure-relay";
import { measureStarts } from "./measure-start";
import { measureTemplates } from "./measure-template";
import {
  describeMachine,
  enduranceTable,
  relayTable,
  serverTable,
  startTable,
  targetTable,
} from "./print-results";
import { installPeers, startServerlessOffline } from "./start-serverless-offline";
import { type Results, isMet, NAMES, TARGETS } from "./targets";
import { writeUnthrottledProject } from "./unthrottled-project";
import { messageOf } from "../errors/mistake";

interface Flags extends ComparisonOptions {
  readonly requests: number;
  readonly peers?: true;
  readonly check?: true | string[];
}

const program = new Command("npm run bench --")
  .description(
    "Measures the local gateway beside a bare node:http server, and with --peers beside serverless-offline.",
  )
  .option(
    "--connections <numbers>",
    "connections at once, such as 10,50; targets are for the last",
    readNumbers,
    [10, 50],
  )
  .option("--duration <seconds>", "of each measurement", Number, 5)
  .option("--warm-up <seconds>", "of load before the first measurement of a process", Number, 3)
  .option("--rounds <number>", "of which the medians are shown", Number, 3)
  .option("--requests <number>", "in a row, for the memory's growth", Number, 100_000)
  .option("--peers", "measure serverless-offline, too: installs it into bench/serverless-offline")
  .option(
    "--check [targets...]",
    `exit 1 when a target is missed: ${TARGETS.map(({ name }) => name).join(", ")}; all without a name`,
  );

void main();

async function main(): Promise<void> {
  const outdir = mkdtempSync(path.join(tmpdir(), "queue-leveling-bench-"));
  try {
    const flags = program.parse().opts<Flags>();
    const checked = checkedNames(flags.check);
    if (flags.peers) installPeers();
    writeUnthrottledProject(outdir);
    const machine = describeMachine();
    const results = await measure(await synthesize(outdir), flags);
    report(machine, results, flags);
    process.exitCode = missed(atLast(results, flags), checked) ? 1 : 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 2;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

async function measure(stacks: readonly string[], flags: Flags): Promise<Results> {
  const noAuth = stackNamed(stacks, "no-auth-stack");
  const auth = stackNamed(stacks, "auth-stack");
  const contenders: Contender[] = [
    { name: NAMES.bare, start: startBareServer },
    { name: NAMES.noAuth, start: () => startGatewayServer(noAuth) },
    { name: NAMES.auth, start: () => startGatewayServer(auth) },
  ];
  if (flags.peers) {
    contenders.push(
      { name: NAMES.serverless, start: () => startServerlessOffline({}) },
      { name: NAMES.serverlessInProcess, start: () => startServerlessOffline({ inProcess: true }) },
      { name: NAMES.serverlessLean, start: () => startServerlessOffline({ inProcess: true, lean: true }) },
    );
  }
  const template = await measureTemplates(noAuth);
  const rows = await compareServers(contenders, flags);
  const connections = flags.connections.at(-1) ?? 50;
  process.stderr.write("Gateways beside a relay\n");
  const gateways = new Map<string, string>([
    [NAMES.noAuth, noAuth],
    [NAMES.auth, auth],
  ]);
  const relay = await measureRelay(gateways, { ...flags, connections });
  process.stderr.write("Starts with large stacks\n");
  const starts = await measureStarts(flags.rounds);
  process.stderr.write(`${flags.requests} requests in a row\n`);
  const endurance = await measureEndurance(noAuth, flags.requests, connections);
  return { rows, template, relay, starts, endurance };
}

function stackNamed(stacks: readonly string[], name: string): string {
  const found = stacks.find((stack) => path.basename(path.dirname(stack)) === name);
  if (found === undefined) throw new Error(`cdktf.json: its app synthesizes no ${name}.`);
  return found;
}

function report(machine: string, results: Results, flags: Flags): void {
  const { rows, template, relay, starts, endurance } = results;
  process.stdout.write(
    [
      machine,
      `Medians of ${flags.rounds} rounds of ${flags.duration} s; CPU and memory of the server's own process, without the SQS emulator and the load generator, which are others.`,
      serverTable(rows, NAMES.bare),
      relayTable(relay),
      startTable(starts),
      `Mapping template alone: ${template.ofStack.toFixed(2)} µs; with six message attributes: ${template.withAttributes.toFixed(2)} µs`,
      enduranceTable(endurance),
      targetTable(TARGETS, atLast(results, flags)),
      "",
    ].join("\n\n"),
  );
}

/** Targets are for the last number of connections. */
function atLast(results: Results, { connections }: Flags): Results {
  return { ...results, rows: results.rows.filter((row) => row.connections === connections.at(-1)) };
}

function checkedNames(check: Flags["check"]): readonly string[] | undefined {
  if (check === undefined) return [];
  if (check === true) return undefined;
  const unknown = check.find((name) => TARGETS.every((target) => target.name !== name));
  if (unknown === undefined) return check;
  throw new Error(
    `--check: ${unknown} is no target; there are ${TARGETS.map(({ name }) => name).join(", ")}.`,
  );
}

/** A target that is named and not measured is missed; without names, all that are measured count. */
function missed(results: Results, checked: readonly string[] | undefined): boolean {
  return TARGETS.filter(({ name }) => checked === undefined || checked.includes(name)).some((target) => {
    const value = target.measure(results);
    return value === undefined ? checked !== undefined : !isMet(target, value);
  });
}

function readNumbers(text: string): number[] {
  const numbers = text.split(",").map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number > 0)) return numbers;
  throw new InvalidArgumentError("Write it as --connections 10,50.");
}

import { CommandLineError } from "../errors/command-line-error";
import { Command, Option } from "commander";
import { parseFlags } from "../errors/parse-flags";
import { type Place, readDuration } from "./quantities";
import { readArrivals } from "./read-arrivals";
import { readPrices } from "./read-prices";
import type { SizingRequest } from "./sizing";

/** What was asked for on the command line. */
export interface SizingFlags {
  readonly request: SizingRequest;
  readonly plot?: string | undefined;
  readonly json: boolean;
}

interface Values {
  readonly arrivals: string;
  readonly consumers: number;
  readonly secondsPerMessage: number;
  readonly maxAge?: number;
  readonly batchSize: number;
  readonly waitTime: number;
  readonly visibilityTimeout: number;
  readonly failureRate: number;
  readonly poisonRate: number;
  readonly maxReceives: number;
  readonly retention: number;
  readonly throttleRate: number;
  readonly throttleBurst: number;
  readonly queueType: "standard" | "fair" | "fifo";
  readonly bytesPerMessage: number;
  readonly timesAMonth: number;
  readonly receiveByHttp: boolean;
  readonly largeShare: number;
  readonly largeBytes: number;
  readonly largeDays: number;
  readonly prices?: string;
  readonly plot?: string;
  readonly json?: true;
}

/**
 * Reads the command line.
 * @param args without Node.js and the script
 * @returns undefined where only help was asked for
 * @throws CommandLineError, FileError
 */
export function readFlags(args: readonly string[]): SizingFlags | undefined {
  const program = commandLine();
  if (!parseFlags(program, args)) return undefined;
  const [stray] = program.args;
  if (stray !== undefined) throw notTaken(stray);
  const { plot, json = false, ...values } = program.opts<Values>();
  return { request: requestOf(values), plot, json };
}

function requestOf({
  arrivals,
  throttleRate,
  throttleBurst,
  prices,
  maxAge,
  ...values
}: Values): SizingRequest {
  return {
    arrivals: readArrivals(arrivals),
    load: { ...values, throttle: { rate: throttleRate, burst: throttleBurst } },
    billing: { ...values, prices: readPrices(prices) },
    maxAge,
  };
}

/** Commander's, with every flag. */
export function commandLine(): Command {
  return new Command("npm run sizing --")
    .description(
      "Tells what a load does to the queue, its consumers and the bill; docs/sizing.md explains it.",
    )
    .requiredOption(
      "--arrivals <csv or text>",
      'A file, or text such as "base=50/s, peak=2000/s for 10m at 5m".',
    )
    .addOption(
      number(
        "--consumers <number>",
        "Consumers that work at the same time.",
        1,
        100_000,
      ).makeOptionMandatory(),
    )
    .addOption(
      duration(
        "--seconds-per-message <time>",
        "From one message of a consumer to its next, so with receive and delete.",
      ).makeOptionMandatory(),
    )
    .addOption(
      duration("--max-age <time>", "Tell how many consumers keep every message from waiting longer."),
    )
    .addOption(
      number(
        "--batch-size <number>",
        "Messages that a consumer receives at once, to work on them in turn.",
        1,
        10,
      ).default(1),
    )
    .addOption(number("--wait-time <seconds>", "Of long polling.", 1, 20).default(20))
    .addOption(
      duration("--visibility-timeout <time>", "Then a message that a consumer fails on comes back.").default(
        30,
        "30s",
      ),
    )
    .addOption(share("--failure-rate <share>", "Of the receives that fail, each by itself, such as 1%."))
    .addOption(share("--poison-rate <share>", "Of the messages that fail on every receive."))
    .addOption(
      number("--max-receives <number>", "Then a message goes to the dead-letter queue.", 1, 1000).default(5),
    )
    .addOption(duration("--retention <time>", "Age at which SQS deletes a message.").default(345_600, "4d"))
    .addOption(
      number(
        "--throttle-rate <number>",
        "Requests a second; more are answered with 429. By default what AWS allows an account.",
        1,
        1e9,
      ).default(10_000),
    )
    .addOption(number("--throttle-burst <number>", "Requests that may come at once.", 0, 1e9).default(5000))
    .addOption(
      new Option(
        "--queue-type <type>",
        "For its price: standard, fifo, or fair, whose messages have a group.",
      )
        .default("standard")
        .argParser(readQueueType),
    )
    .addOption(
      number(
        "--bytes-per-message <number>",
        "SQS bills each 64 KiB of a request as a request.",
        1,
        1_048_576,
      ).default(1024),
    )
    .addOption(
      number(
        "--times-a-month <number>",
        "How often the phases, or what the file has, happen; the base fills the rest.",
        0,
        100_000,
      ).default(30),
    )
    .addOption(
      new Option(
        "--receive-by-http",
        "Consumers receive and delete by the API, from outside of AWS: each request is billed there, too.",
      ).default(false, ""),
    )
    .addOption(share("--large-share <share>", "Of the messages whose bodies go to S3."))
    .addOption(number("--large-bytes <number>", "Of such a body.", 1, 10_485_760).default(1_048_576))
    .addOption(number("--large-days <number>", "Then S3 deletes it.", 1, 3650).default(15))
    .option("--prices <json>", "A file with other prices: any keys of prices/aws-prices.ts.")
    .addOption(new Option("--plot <file>", "Draw the picture, as .svg or .png.").argParser(readPlot))
    .option("--json", "Print the figures as JSON: messages, seconds since the start, dollars.")
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

function number(flags: string, text: string, min: number, max: number): Option {
  const [where = ""] = flags.split(" ");
  return new Option(flags, text).argParser((given: string) => {
    if (/^\d+$/.test(given) && Number(given) >= min && Number(given) <= max) return Number(given);
    throw mistake(where, "is not such a number", given, `${min} to ${max}`, `${where} ${Math.max(1, min)}`);
  });
}

function duration(flags: string, text: string): Option {
  const [where = ""] = flags.split(" ");
  const place: Place = { where, mend: `Write it as ${where} 90s.` };
  return new Option(flags, text).argParser((given: string) => {
    const seconds = readDuration(given, place);
    if (seconds > 0) return seconds;
    throw mistake(where, "is no time", given, "more than 0", `${where} 90s`);
  });
}

function share(flags: string, text: string): Option {
  const [where = ""] = flags.split(" ");
  return new Option(flags, text).default(0).argParser((given: string) => {
    const [, digits = "", percent] = /^(\d*\.?\d+)\s*(%)?$/.exec(given) ?? [];
    const value = Number(digits) / (percent === undefined ? 1 : 100);
    if (digits !== "" && value <= 1) return value;
    throw mistake(where, "is not a share", given, "0% to 100%, or 0 to 1", `${where} 1%`);
  });
}

function readQueueType(given: string): string {
  if (["standard", "fair", "fifo"].includes(given)) return given;
  throw mistake("--queue-type", "is not a type", given, "standard, fair or fifo", "--queue-type standard");
}

function readPlot(given: string): string {
  if (/\.(svg|png)$/.test(given)) return given;
  throw mistake("--plot", "is not a picture", given, "a file that ends in .svg or .png", "--plot sizing.svg");
}

function notTaken(stray: string): CommandLineError {
  return mistake(
    stray,
    "belongs to no flag",
    stray,
    "flags with one value each",
    '--arrivals "base=50/s" in quotes',
  );
}

function mistake(
  where: string,
  wrong: string,
  got: string,
  allowed: string,
  example: string,
): CommandLineError {
  return new CommandLineError({
    where,
    wrong,
    got: JSON.stringify(got),
    allowed: `${allowed} is allowed`,
    mend: `Write it as ${example}.`,
  });
}

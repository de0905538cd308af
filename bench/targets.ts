import type { Endurance } from "./measure-endurance";
import type { Row } from "./compare-servers";
import type { RelayComparison } from "./measure-relay";
import type { StartTime } from "./measure-start";
import type { TemplateTimes } from "./measure-template";

/** All that a run has measured; `rows` are those of the largest number of connections. */
export interface Results {
  readonly rows: readonly Row[];
  readonly template: TemplateTimes;
  readonly relay: RelayComparison;
  /** The smallest stacks first. */
  readonly starts: readonly StartTime[];
  readonly endurance: Endurance;
}

/** One target: what was measured for it, and what is allowed. */
export interface Target {
  readonly name: string;
  readonly says: string;
  readonly limit: number;
  readonly atLeast?: true;
  /** Undefined where the run did not measure it. */
  measure(results: Results): number | undefined;
}

/** The names of the servers in the tables. */
export const NAMES = {
  bare: "node:http, answers 200",
  noAuth: "gateway, no-auth-stack",
  auth: "gateway, auth-stack",
  serverless: "serverless-offline",
  serverlessInProcess: "serverless-offline --useInProcess",
  serverlessLean: "the same, function without SDK",
} as const;

const GATEWAYS: readonly string[] = [NAMES.noAuth, NAMES.auth];

/** What the local gateway is to hold; of the two stacks the worse one counts. */
export const TARGETS: readonly Target[] = [
  {
    name: "cpu",
    says: "CPU per request, × node:http's",
    limit: 6.5,
    measure: ({ rows }) =>
      worst(rows, (row) => row.cpuPerRequest) / figure(rows, NAMES.bare, "cpuPerRequest"),
  },
  {
    name: "relay",
    says: "CPU per request, × the relay's",
    limit: 1,
    measure: ({ relay: { relay, gateways } }) => Math.max(...gateways.values()) / relay,
  },
  {
    name: "start",
    says: "start with the smallest of the large stacks, s",
    limit: 2,
    measure: ({ starts }) => Math.max(...starts.slice(0, 2).map(({ seconds }) => seconds)),
  },
  { name: "p99", says: "p99, ms", limit: 20, measure: ({ rows }) => worst(rows, (row) => row.p99) },
  {
    name: "memory",
    says: "peak memory, MiB",
    limit: 150,
    measure: ({ rows }) => worst(rows, (row) => row.peakMemory),
  },
  {
    name: "template",
    says: "mapping template with six attributes, µs",
    limit: 15,
    measure: ({ template }) => template.withAttributes,
  },
  {
    name: "growth",
    says: "heap's growth from the first quarter of the requests to the last, MiB",
    limit: 2,
    measure: ({ endurance: { marks } }) => (marks.at(-1)?.heap ?? NaN) - (marks[1]?.heap ?? NaN),
  },
  {
    name: "lost",
    says: "requests answered 200 without a message in the queue",
    limit: 0,
    measure: ({ endurance: { marks, messages } }) => (marks.at(-1)?.requests ?? NaN) - messages,
  },
  {
    name: "peers",
    says: "requests per second, × serverless-offline's as it runs by default",
    limit: 10,
    atLeast: true,
    measure: ({ rows }) => {
      const peer = figure(rows, NAMES.serverless, "requestsPerSecond");
      return Number.isNaN(peer) ? undefined : -worst(rows, (row) => -row.requestsPerSecond) / peer;
    },
  },
];

/** Whether the measured value is within the target. */
export function isMet({ limit, atLeast }: Target, value: number): boolean {
  return atLeast === true ? value >= limit : value <= limit;
}

function worst(rows: readonly Row[], read: (row: Row) => number): number {
  return Math.max(...rows.filter(({ name }) => GATEWAYS.includes(name)).map(read));
}

function figure(rows: readonly Row[], name: string, key: "cpuPerRequest" | "requestsPerSecond"): number {
  return rows.find((row) => row.name === name)?.[key] ?? NaN;
}

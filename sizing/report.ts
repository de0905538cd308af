import Table from "cli-table3";
import type { Billing, RouteCost } from "./cost";
import { toldCount, toldDuration, toldRate } from "./quantities";
import type { Sizing, SizingRequest } from "./sizing";

/** What people read: the warnings, the queue, the bill. */
export function reportOf(request: SizingRequest, sizing: Sizing): string {
  return [
    ...sizing.warnings,
    queueTable(request, sizing).toString(),
    costTable(sizing, request.billing).toString(),
    `Prices: ${request.billing.prices.sources.join("; ")}.`,
    "",
  ].join("\n");
}

/** The same for scripts. */
export function jsonOf({ billing }: SizingRequest, sizing: Sizing): string {
  return `${JSON.stringify({ ...sizing, prices: billing.prices }, undefined, 2)}\n`;
}

function queueTable({ load, maxAge }: SizingRequest, sizing: Sizing): Table.Table {
  const { backlog, age, drained, consumersForMaxAge } = sizing;
  const table = plainTable([`${load.consumers} consumers`, ""]);
  table.push(
    [
      "Arrivals",
      `${toldCount(sizing.arrived)} in ${toldDuration(sizing.seconds)}, up to ${toldRate(sizing.peakRate)}`,
    ],
    ["Refused with 429", toldCount(sizing.refused)],
    ["Largest backlog", `${toldCount(backlog.value)}, at ${toldDuration(backlog.at)}`],
    ["Oldest message", age.value === 0 ? "0 s" : `${toldDuration(age.value)}, at ${toldDuration(age.at)}`],
    [
      "Backlog gone",
      drained === undefined
        ? "never"
        : `${toldDuration(drained.after)} after its peak, at ${toldDuration(drained.at)}`,
    ],
    ["To the dead-letter queue", toldCount(sizing.deadLetters)],
    [`LOST, older than ${toldDuration(load.retention)}`, toldCount(sizing.lost)],
  );
  if (maxAge !== undefined && consumersForMaxAge !== undefined) {
    table.push([`Consumers for an age under ${toldDuration(maxAge)}`, toldCount(consumersForMaxAge)]);
  }
  return table;
}

function costTable({ cost }: Sizing, { prices, receiveByHttp, largeShare }: Billing): Table.Table {
  const table = plainTable([`A month in ${prices.region}`, "One message a request", "Ten a request"]);
  const row = (name: string, cell: (route: RouteCost) => string) => {
    table.push([name, cell(cost.single), cell(cost.batch)]);
  };
  row("REST requests", ({ restRequests }) => toldCount(restRequests));
  if (receiveByHttp) row("REST receives and deletes", ({ restReceives }) => toldCount(restReceives));
  row("SQS sends", ({ sends }) => toldCount(sends));
  row("SQS receives", ({ receives }) => toldCount(receives));
  row("SQS receives in vain", ({ emptyReceives }) => toldCount(emptyReceives));
  row("SQS deletes", ({ deletes }) => toldCount(deletes));
  if (largeShare > 0) {
    row("S3 puts", ({ puts }) => toldCount(puts));
    row("S3 gets", ({ gets }) => toldCount(gets));
    row("S3 gigabyte-months", ({ gigabyteMonths }) => toldCount(gigabyteMonths));
  }
  row("REST", ({ restUsd }) => toldUsd(restUsd));
  row("SQS", ({ sqsUsd }) => toldUsd(sqsUsd));
  if (largeShare > 0) row("S3", ({ s3Usd }) => toldUsd(s3Usd));
  if (receiveByHttp) row("Data out of AWS", ({ transferUsd }) => toldUsd(transferUsd));
  row("Together", ({ usd }) => toldUsd(usd));
  return table;
}

function toldUsd(usd: number): string {
  return `$${usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

function plainTable(head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [] }, colAligns: ["left", "right", "right"] });
}

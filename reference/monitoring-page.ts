import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ALARM_KINDS, type AlarmKind, metricsRead } from "../constructs/observability/alarm-list";
import { ALARM_THRESHOLDS, type ThresholdName } from "../constructs/observability/alarm-settings";
import { METRIC_NAMES } from "../constructs/observability/metrics";
import { toldOf } from "../constructs/schema";
import { snakeCase } from "../settings/file-names";
import { synthesizedDashboard } from "./dashboard-body";
import { dashboardSvg } from "./dashboard-svg";
import { markdownTable, withTables } from "./markdown-table";

const PAGE = "docs/monitoring.md";
const PICTURE = "docs/dashboard.svg";

/** docs/monitoring.md with its table of alarms, and the picture of the dashboard that its example makes. */
export function monitoringPage(): readonly (readonly [file: string, text: string])[] {
  const page = readFileSync(join(__dirname, "..", PAGE), "utf8");
  return [
    [PAGE, withTables(page, alarmsTable)],
    [PICTURE, dashboardSvg(synthesizedDashboard(exampleOf(page)))],
  ];
}

/** The settings of the page's first example. */
function exampleOf(page: string): object {
  const [, settings = ""] = /^```json\n(.*?)^```$/ms.exec(page) ?? [];
  return JSON.parse(`{${settings}}`) as object;
}

function alarmsTable(): string {
  const rows = (Object.keys(ALARM_THRESHOLDS) as ThresholdName[]).map((name) => {
    const { default: threshold } = ALARM_THRESHOLDS[name];
    const [, unit = ""] = /of (.+) from/.exec(toldOf(ALARM_THRESHOLDS[name]).allowed ?? "") ?? [];
    const kind = ALARM_KINDS[name];
    return [
      `\`${snakeCase(name)}\``,
      threshold === false ? "off" : `${threshold.toLocaleString("en-US")} ${unit}`,
      readingOf(kind),
      `${kind.datapoints} of ${kind.periods} × ${kind.period / 60} min`,
      `${kind.what} ${kind.first}`,
    ];
  });
  return markdownTable([["Alarm", "From", "Reads", "When", "What it means, and what to do first"], ...rows]);
}

function readingOf(kind: AlarmKind): string {
  const { reading } = kind;
  const names = metricsRead(kind).map((name) => `\`${METRIC_NAMES[name]}\``);
  if ("metric" in reading) return `${reading.statistic} of ${names.join()}`;
  return `\`${reading.expression}\` of ${names.join(" and ")}`;
}

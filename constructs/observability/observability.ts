import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { EXISTING_REST_API_SETTINGS } from "../api/existing-rest-api";
import type { AwsLocation } from "../aws-location";
import type { QueueLeveling } from "../queue-leveling";
import { FIRST_PATH, type OwnQueues, ownQueueId, ownQueueSuffix } from "../queue/own-queue";
import type { TargetQueue } from "../queue/target-queue";
import { routeSettings, type Routes, routesAtPaths } from "../route/route-settings";
import { type Webhook, webhookEntries } from "../webhook/webhook-settings";
import { checked, type Options, type Rule } from "../setting";
import { ACCESS_LOG_METRICS, type AccessLogMetricName, AccessLogMetrics } from "./access-log-metrics";
import { ALARM_RULES, ALARM_SETTINGS, type AlarmThresholds } from "./alarm-settings";
import { Alarms } from "./alarms";
import { Dashboard, DASHBOARD_SETTINGS } from "./dashboard";
import type { Watched } from "./metrics";

/** Settings of alarms and of the dashboard. */
export const OBSERVABILITY_SETTINGS = { ...ALARM_SETTINGS, ...DASHBOARD_SETTINGS };

type Settings = typeof OBSERVABILITY_SETTINGS & typeof EXISTING_REST_API_SETTINGS;

/** What has to hold between them and others. */
export const OBSERVABILITY_RULES = [
  ...ALARM_RULES,
  ...(["alarms", "dashboard"] as const).map((setting): Rule<Settings> => ({
    setting,
    isBroken: ({ existingRestApiId, existingRestApiName, ...facts }) =>
      existingRestApiId !== undefined && existingRestApiName === undefined && Boolean(facts[setting]),
    anyValueIsWrong: true,
    wrong: "watches a REST API by its name, which is not given",
    allowed: "this setting together with `existingRestApiName`",
    mend: "Write `existingRestApiName`, too, or drop it.",
  })),
];

/** Options of both. */
export interface ObservabilityOptions extends Options<typeof OBSERVABILITY_SETTINGS> {}

/** Props of {@link addObservability}. */
export interface ObservabilityProps extends ObservabilityOptions {
  readonly location: AwsLocation;
  readonly leveling: QueueLeveling;
  readonly apiName: string;
  /** Where the message group comes from: a standard queue with groups is a fair one. */
  readonly messageGroupId?: unknown;
  readonly webhook?: Webhook;
  readonly routes?: Routes;
  /** Queues beside the first, by key. */
  readonly ownQueues?: OwnQueues;
  /**
   * Name of the log group of the stage's access log.
   * @default - there is none, and nothing that only it tells
   */
  readonly accessLogGroupName?: string | undefined;
}

/** Adds the alarms and the dashboard that the settings ask for. */
export function addObservability(scope: Construct, props: ObservabilityProps): Dashboard | undefined {
  const { location, leveling, apiName, accessLogGroupName } = props;
  const { alarms: thresholds, dashboard } = checked(scope, OBSERVABILITY_SETTINGS, props);
  if (thresholds === undefined && !dashboard) return undefined;
  // A dashboard's name has no period, as a FIFO queue's has.
  const name = `${TerraformStack.of(scope).node.id}-${apiName.replace(".fifo", "")}`;
  const { queue, restApi, stageName } = leveling;
  const entries = webhookEntries(props.webhook);
  const ofStack = [props, ...entries.filter(({ ownQueue }) => !ownQueue)];
  const watched: Watched = {
    location,
    apiName: restApi.name ?? apiName,
    stageName,
    queue,
    isFair: isFair(queue, ofStack),
    accessLogNamespace: accessLogGroupName === undefined ? undefined : `QueueLeveling/${name}`,
  };
  addAccessLogMetrics(scope, accessLogGroupName, watched, dashboard ? undefined : thresholds);
  const alarms = thresholds
    ? new Alarms(scope, "Alarms", { namePrefix: name, watched, settings: thresholds }).made
    : [];
  const ownQueues = Object.entries(props.ownQueues ?? {}).map(([key, own]) => {
    const watchedOwn = { ...watched, queue: own, isFair: isFair(own, sendersTo(key, props)) };
    const ofOwn = { namePrefix: `${name}-${ownQueueSuffix(key)}`, watched: watchedOwn, ownQueueKey: key };
    const made =
      thresholds && new Alarms(scope, `${ownQueueId(key)}Alarms`, { ...ofOwn, settings: thresholds });
    return { key, watched: watchedOwn, alarms: made?.made ?? [] };
  });
  return dashboard ? new Dashboard(scope, "Dashboard", { name, watched, alarms, ownQueues }) : undefined;
}

type Grouped = Pick<ObservabilityProps, "messageGroupId">;

/** The settings of the methods that send to a queue beside the first. */
function sendersTo(key: string, props: ObservabilityProps): Grouped[] {
  const [path = "", value] = key.split(":");
  if (value !== undefined && path === FIRST_PATH) return [props];
  return [
    ...webhookEntries(props.webhook).filter((entry) => entry.path === path),
    ...routesAtPaths(props.routes)
      .filter(([routePath]) => routePath === path)
      .map(([, route]) => routeSettings<Grouped>(route, props)),
  ];
}

function isFair({ isFifo }: TargetQueue, senders: readonly Grouped[]): boolean {
  return !isFifo && senders.some(({ messageGroupId }) => messageGroupId !== undefined);
}

/** @param thresholds those of the alarms, where they alone want metrics */
function addAccessLogMetrics(
  scope: Construct,
  logGroupName: string | undefined,
  { accessLogNamespace: namespace }: Watched,
  thresholds: AlarmThresholds | undefined,
): void {
  if (logGroupName === undefined || namespace === undefined) return;
  const wanted: Readonly<Record<AccessLogMetricName, unknown>> = {
    throttled: thresholds?.throttledRequests,
    integrationErrors: thresholds?.integrationErrors,
  };
  const names = (Object.keys(ACCESS_LOG_METRICS) as AccessLogMetricName[]).filter(
    (metric) => wanted[metric] !== false,
  );
  new AccessLogMetrics(scope, "AccessLogMetrics", { logGroupName, namespace, names });
}

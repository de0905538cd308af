import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import * as v from "valibot";
import { flag } from "../schema";
import type { MadeAlarm } from "./alarms";
import { type OwnQueue, widgetsOf } from "./dashboard-widgets";
import type { Watched } from "./metrics";

/** Settings of the dashboard. */
export const DASHBOARD_SETTINGS = {
  /**
   * A CloudWatch dashboard of arrivals, sends, drains, backlog, age, dead letters, errors and latency, with the thresholds of `alarms`
   * in it. Costs 3 dollars a month after the account's first three.
   */
  dashboard: v.optional(flag("make a dashboard"), false),
};

/** Props of {@link Dashboard}. */
export interface DashboardProps {
  /** Letters, digits, hyphens and underscores: unique in the account. */
  readonly name: string;
  readonly watched: Watched;
  readonly alarms: readonly MadeAlarm[];
  /** Queues of senders that have one of their own. */
  readonly ownQueues: readonly OwnQueue[];
}

/**
 * One screen that shows how the queue levels the load.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export class Dashboard extends Construct {
  public readonly dashboardName: string;

  constructor(scope: Construct, id: string, { name, watched, alarms, ownQueues }: DashboardProps) {
    super(scope, id);
    const body = {
      // What an on-call engineer asks for first: a peak and what is left of it.
      start: "-PT3H",
      periodOverride: "inherit",
      widgets: widgetsOf(watched, alarms, ownQueues),
    };
    this.dashboardName = new CloudwatchDashboard(this, "Dashboard", {
      dashboardName: name,
      dashboardBody: JSON.stringify(body),
    }).dashboardName;
  }
}

import { App } from "cdktf";
import { readSettings } from "../settings/settings";
import { AuthStack } from "../stacks/auth-stack";

/** A widget of a dashboard's body, as far as the stacks write some. */
export interface Widget {
  readonly type: "alarm" | "metric";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    /** ARNs, of an alarm widget. */
    readonly alarms?: readonly string[];
    readonly period?: number;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly yAxis?: { readonly left: Axis; readonly right?: Axis };
    readonly annotations?: { readonly horizontal: readonly Annotation[] };
  };
}

interface Axis {
  readonly label: string;
  readonly min?: number;
}

/** A threshold. */
export interface Annotation {
  readonly label: string;
  readonly value: number;
  readonly color: string;
  readonly yAxis?: "right";
}

/** An alarm, as Terraform's JSON has it. */
export interface AlarmResource {
  readonly alarm_name: string;
  readonly threshold: number;
  readonly evaluation_periods: number;
  readonly datapoints_to_alarm: number;
  readonly period?: number;
  readonly statistic?: string;
  readonly extended_statistic?: string;
  readonly metric_name?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly metric_query?: readonly {
    readonly id: string;
    readonly expression?: string;
    readonly metric?: {
      readonly metric_name: string;
      readonly period: number;
      readonly stat: string;
      readonly dimensions: Readonly<Record<string, string>>;
    };
  }[];
}

/** What a synthesized stack shows in CloudWatch. */
export interface SynthesizedDashboard {
  readonly widgets: readonly Widget[];
  /** Alarms by the ARN that the widgets have of them. */
  readonly alarms: ReadonlyMap<string, AlarmResource>;
}

interface Document {
  readonly variable: Readonly<Record<string, { readonly default?: string }>>;
  readonly resource: {
    readonly aws_sqs_queue: Readonly<Record<string, { readonly name: string }>>;
    readonly aws_cloudwatch_metric_alarm?: Readonly<Record<string, AlarmResource>>;
    readonly aws_cloudwatch_dashboard: Readonly<Record<string, { readonly dashboard_body: string }>>;
  };
}

const NAMES = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };

const AUTHORIZER = "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer";

/** The dashboard and the alarms in the JSON that `auth-stack` has with these settings. */
export function synthesizedDashboard(settings: object): SynthesizedDashboard {
  const { authStack, backend } = readSettings(
    {
      params: NAMES,
      "auth-stack": { authorizer_lambda_arn: AUTHORIZER, ...settings },
      "no-auth-stack": { storage_sqs_queue_name: "others" },
    },
    {},
  );
  const stack = new AuthStack(new App(), "auth-stack", { ...authStack, backend });
  const { variable, resource } = stack.toTerraform() as Document;
  // Names first, since they are made of variables.
  const text = JSON.stringify(resource)
    .replace(/\$\{(\w+)\.(\w+)\.name\}/g, (reference, type: string, name: string) => {
      const queues = type === "aws_sqs_queue" ? resource.aws_sqs_queue : {};
      return queues[name]?.name ?? reference;
    })
    .replace(/\$\{var\.(\w+)\}/g, (reference, name: string) => variable[name]?.default ?? reference);
  const { aws_cloudwatch_metric_alarm: alarms = {}, aws_cloudwatch_dashboard } = JSON.parse(
    text,
  ) as Document["resource"];
  const [dashboard] = Object.values(aws_cloudwatch_dashboard);
  const { widgets } = JSON.parse(dashboard?.dashboard_body ?? "") as SynthesizedDashboard;
  const byArn = Object.entries(alarms).map(
    ([name, alarm]) => [`\${aws_cloudwatch_metric_alarm.${name}.arn}`, alarm] as const,
  );
  return { widgets, alarms: new Map(byArn) };
}

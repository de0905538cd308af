import { EMULATED_REGION, type EmulatedAws } from "./emulated-aws";

/** Asks the emulated CloudWatch by its Query protocol. Returns the XML of its answer. */
export async function askCloudWatch(
  { endpoint, environment }: EmulatedAws,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    // The emulator tells the service by the credential's scope and checks no signature.
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=${environment.AWS_ACCESS_KEY_ID}/20260101/${EMULATED_REGION}/monitoring/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: new URLSearchParams({ Version: "2010-08-01", ...parameters }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${parameters.Action}: ${response.status} ${text}`);
  return text;
}

/** Names of the alarms and of the dashboards that there are. */
export async function watchers(aws: EmulatedAws): Promise<{ alarms: string[]; dashboards: string[] }> {
  const [alarms, dashboards] = await Promise.all(
    ["DescribeAlarms", "ListDashboards"].map((Action) => askCloudWatch(aws, { Action })),
  );
  return { alarms: valuesOf(alarms, "AlarmName"), dashboards: valuesOf(dashboards, "DashboardName") };
}

function valuesOf(xml: string | undefined, element: string): string[] {
  return Array.from(
    xml?.matchAll(new RegExp(`<${element}>([^<]*)`, "g")) ?? [],
    ([, text = ""]) => text,
  ).sort();
}

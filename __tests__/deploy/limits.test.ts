import {
  CreateApiKeyCommand,
  GetApiKeysCommand,
  GetStagesCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
} from "@aws-sdk/client-api-gateway";
import { awsClients } from "../support/deploy/aws-clients";
import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { askCloudWatch, watchers } from "../support/deploy/cloudwatch-api";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { describeRestApi } from "../support/deploy/rest-api-description";
import { succeeded } from "../support/deploy/succeeded";

/** Alarms of metrics, of percentiles and of what is calculated, and one that is off. */
const ALARMS = {
  topics: ["arn:aws:sns:eu-central-1:123456789012:on-call"],
  backlog: 500,
  backlog_growth: false,
};

describeDeploy("API keys, throttles and alarms of a deployed stack", () => {
  let stack: ChangingStack;
  let before: unknown;
  let theirKey: string;
  const api = () => awsClients(stack.workspace.aws).apiGateway;
  const snapshot = () => awsSnapshot(stack.workspace.aws);

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    const key = await api().send(
      new CreateApiKeyCommand({ name: "theirs", value: "t".repeat(20), enabled: true }),
    );
    theirKey = key.id ?? "";
    before = await snapshot();
  });

  afterAll(() => stack.workspace.close());

  async function plans() {
    const { items = [] } = await api().send(new GetUsagePlansCommand({}));
    return Promise.all(
      items.map(async ({ id, apiStages, throttle, quota }) => {
        const { items: keys = [] } = await api().send(new GetUsagePlanKeysCommand({ usagePlanId: id }));
        return {
          stages: apiStages?.map((one) => one.stage),
          throttle,
          quota,
          keys: keys.map(({ name }) => name).sort(),
        };
      }),
    );
  }

  /** The rate and the burst by method path. */
  async function throttles() {
    const { api: restApi } = await describeRestApi(stack.workspace.aws);
    const { item = [] } = await api().send(new GetStagesCommand({ restApiId: restApi.id }));
    const settings = Object.entries(item[0]?.methodSettings ?? {});
    return Object.fromEntries(
      settings.map(([path, one]) => [path, [one.throttlingRateLimit, one.throttlingBurstLimit]]),
    );
  }

  test("reach AWS: a plan with its limits and keys, and the limits of the stage and of a method", async () => {
    await stack.applyOnly({
      api_keys: ["partner", "shop"],
      existing_api_key_ids: [theirKey],
      api_key_rate_limit: 2.5,
      api_key_burst_limit: 5,
      batch: true,
      throttling_rate_limit: 12.5,
      throttling_burst_limit: 20,
      method_throttles: { "sqs/batch/POST": { rate_limit: 1, burst_limit: 2 } },
      alarms: ALARMS,
      dashboard: true,
    });
    expect(await plans()).toEqual([
      {
        stages: ["prod"],
        throttle: { rateLimit: 2.5, burstLimit: 5 },
        quota: undefined,
        keys: ["partner", "shop", "theirs"],
      },
    ]);
    expect(await throttles()).toEqual({ "*/*": [12.5, 20], "~1sqs~1batch/POST": [1, 2] });
    const { post, api: restApi } = await describeRestApi(stack.workspace.aws);
    expect([post.apiKeyRequired, restApi.apiKeySource]).toEqual([true, "HEADER"]);
    await stack.expectNothingToChange();
  });

  test("watched by alarms of a queue and an API that are there, and shown on a dashboard", async () => {
    const name = "auth-stack-orders";
    const { alarms, dashboards } = await watchers(stack.workspace.aws);
    expect(dashboards).toEqual([name]);
    expect(alarms.filter((alarm) => !alarm.startsWith(`${name}-`))).toEqual([]);
    expect(alarms).toHaveLength(7);
    const { aws } = stack.workspace;
    const backlog = await askCloudWatch(aws, {
      Action: "DescribeAlarms",
      "AlarmNames.member.1": `${name}-backlog`,
    });
    expect(backlog).toContain("<Threshold>500.0</Threshold>");
    expect(backlog).toContain("<Value>orders</Value>");
    expect(backlog.match(/on-call/g)).toHaveLength(2);
    const body = await askCloudWatch(aws, { Action: "GetDashboard", DashboardName: name });
    for (const alarm of alarms) expect(body).toContain(`:alarm:${alarm}`);
    const { stdout } = await succeeded(stack.terraform("output", "-raw", "dashboard_name"));
    expect(stdout).toBe(name);
  });

  test("the value of a key is an output that only -raw shows", async () => {
    const { items = [] } = await api().send(new GetApiKeysCommand({ includeValues: true }));
    const { value = "" } = items.find(({ name }) => name === "partner") ?? {};
    const { stdout } = await succeeded(stack.terraform("output", "-raw", "api_key_partner"));
    expect(stdout).toBe(value);
    const all = await succeeded(stack.terraform("output"));
    expect(all.stdout).not.toContain(value);
  });

  test("can be changed", async () => {
    await stack.applyOnly({
      api_keys: ["partner"],
      api_key_quota_limit: 1000,
      api_key_quota_period: "WEEK",
      api_key_quota_offset: 1,
      api_key_source: "AUTHORIZER",
      max_cost_per_day: 20,
      alarms: {},
    });
    const { alarms, dashboards } = await watchers(stack.workspace.aws);
    expect([alarms.length, dashboards]).toEqual([8, []]);
    expect(await plans()).toEqual([
      {
        stages: ["prod"],
        throttle: undefined,
        quota: { limit: 1000, period: "WEEK", offset: 1 },
        keys: ["partner"],
      },
    ]);
    expect(await throttles()).toEqual({ "*/*": [45.378817, 500] });
    const { api: restApi } = await describeRestApi(stack.workspace.aws);
    expect(restApi.apiKeySource).toBe("AUTHORIZER");
    await stack.expectNothingToChange();
  });

  test("follow the stage to another name", async () => {
    await stack.applyOnly({
      api_keys: ["partner"],
      api_key_quota_limit: 10,
      api_key_quota_period: "DAY",
      stage_name: "live",
      throttling_rate_limit: 1,
    });
    expect(await plans()).toMatchObject([
      {
        stages: ["live"],
        throttle: undefined,
        quota: { limit: 10, period: "DAY" },
        keys: ["partner"],
      },
    ]);
    expect(await throttles()).toEqual({ "*/*": [1, -1] });
    await stack.expectNothingToChange();
  });

  test("are gone when they are taken back", async () => {
    await stack.applyOnly({});
    expect(await plans()).toEqual([]);
    expect(await throttles()).toEqual({});
    expect(await watchers(stack.workspace.aws)).toEqual({ alarms: [], dashboards: [] });
    expect(await snapshot()).toEqual(before);
    await stack.expectNothingToChange();
  });
});

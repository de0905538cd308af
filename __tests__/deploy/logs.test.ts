import { GetAccountCommand, type Stage } from "@aws-sdk/client-api-gateway";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { accessLogFormat } from "../../aws/access-log-format";
import { startAwsRecorder } from "../support/deploy/aws-recorder";
import { awsClients } from "../support/deploy/aws-clients";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { describeLogGroups } from "../support/deploy/log-groups";
import { describeRestApi } from "../support/deploy/rest-api-description";
import { succeeded } from "../support/deploy/succeeded";

const ACCESS_LOG_GROUP = "/queue-leveling/auth-stack/orders/access-log";
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000000";

describeDeploy("what a deployed stage tells of its requests", () => {
  let stack: ChangingStack;
  let before: Stage;

  const groups = () => describeLogGroups(stack.workspace.aws);

  async function stage(): Promise<Stage> {
    const { stages } = await describeRestApi(stack.workspace.aws);
    const [{ deploymentId: _id, createdDate: _created, lastUpdatedDate: _updated, ...lasting } = {}] = stages;
    return lasting;
  }

  /** The account's role for logs, as far as there is such a role. */
  async function accountRole(): Promise<string | undefined> {
    const { apiGateway, iam } = awsClients(stack.workspace.aws);
    const { cloudwatchRoleArn } = await apiGateway.send(new GetAccountCommand({}));
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    return Roles.find(({ Arn }) => Arn === cloudwatchRoleArn)?.Arn;
  }

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    before = await stage();
  });

  afterAll(() => stack.workspace.close());

  test("is nothing by default", async () => {
    expect(before.tracingEnabled).toBe(false);
    expect(before.accessLogSettings).toBeUndefined();
    expect(await groups()).toEqual([]);
    expect(await accountRole()).toBeUndefined();
  });

  test("reaches AWS: both logs with their groups, metrics, traces and the account's role before them", async () => {
    const plan = await stack.applyOnly({
      access_log: true,
      cloudwatch_role: true,
      detailed_metrics: true,
      execution_log_level: "INFO",
      execution_log_full_data: true,
      log_encryption_key_arn: KEY,
      log_retention_days: 7,
      method_throttles: { "sqs/POST": { rate_limit: 1, burst_limit: 2 } },
      xray_tracing: true,
    });
    // What is logged is about the stage, and no part of a deployment.
    expect(plan).not.toContain("aws_api_gateway_deployment");
    const { api } = await describeRestApi(stack.workspace.aws);
    const logged = { loggingLevel: "INFO", dataTraceEnabled: true, metricsEnabled: true };
    expect(await stage()).toMatchObject({
      tracingEnabled: true,
      accessLogSettings: {
        destinationArn: `arn:aws:logs:eu-central-1:123456789012:log-group:${ACCESS_LOG_GROUP}`,
        format: accessLogFormat("authorizer.principalId"),
      },
      methodSettings: {
        "*/*": logged,
        "~1sqs/POST": { ...logged, throttlingRateLimit: 1, throttlingBurstLimit: 2 },
      },
    });
    const group = { retentionInDays: 7, kmsKeyId: KEY };
    expect(await groups()).toEqual([
      expect.objectContaining({ logGroupName: ACCESS_LOG_GROUP, ...group }),
      expect.objectContaining({ logGroupName: `API-Gateway-Execution-Logs_${api.id}/prod`, ...group }),
    ]);
    expect(await accountRole()).toBeDefined();
    await stack.expectNothingToChange();
  });

  test("changes in place", async () => {
    await stack.applyOnly({
      access_log: true,
      access_log_format: "$context.extendedRequestId %{$context.status}",
      cloudwatch_role: true,
      execution_log_level: "ERROR",
    });
    const { accessLogSettings, methodSettings } = await stage();
    expect(accessLogSettings?.format).toBe("$context.extendedRequestId %{$context.status}");
    expect(methodSettings).toEqual({
      "*/*": expect.objectContaining({
        loggingLevel: "ERROR",
        dataTraceEnabled: false,
        metricsEnabled: false,
        throttlingRateLimit: -1,
        throttlingBurstLimit: -1,
      }) as unknown,
    });
    expect((await groups()).map(({ retentionInDays, kmsKeyId }) => [retentionInDays, kmsKeyId])).toEqual([
      [30, undefined],
      [30, undefined],
    ]);
    await stack.expectNothingToChange();
  });

  test("is gone when it is taken back, each log before its group; the account's role stays", async () => {
    const role = await accountRole();
    const recorder = await startAwsRecorder(stack.workspace.aws.endpoint);
    stack.workspace.environment.AWS_ENDPOINT_URL = recorder.url;
    await stack.applyOnly({ throttling_rate_limit: 5 });
    stack.workspace.environment.AWS_ENDPOINT_URL = stack.workspace.aws.endpoint;
    recorder.close();
    const changes = recorder.takeCalls().map(({ action }) => action);
    const endsOfLogs = changes.filter((action) => /^apigateway:PATCH$|^logs:Delete/.test(action));
    expect(endsOfLogs).toEqual([
      "apigateway:PATCH",
      "apigateway:PATCH",
      "logs:DeleteLogGroup",
      "logs:DeleteLogGroup",
    ]);
    const silent = { loggingLevel: "OFF", dataTraceEnabled: false, metricsEnabled: false };
    expect(await stage()).toEqual({
      ...before,
      methodSettings: { "*/*": expect.objectContaining({ ...silent, throttlingRateLimit: 5 }) as unknown },
    });
    expect(await groups()).toEqual([]);
    expect(role).toBeDefined();
    expect(await accountRole()).toBe(role);
    await stack.expectNothingToChange();
  });

  test("what is to be kept outlives the stack: its logs, and the account's role always", async () => {
    await stack.applyOnly({ access_log: true, keep_logs: true, cloudwatch_role: true });
    const role = await accountRole();
    const { stdout } = await succeeded(stack.terraform("output", "-raw", "access_log_group_name"));
    expect(stdout).toBe(ACCESS_LOG_GROUP);
    await succeeded(stack.terraform("destroy", "-auto-approve", "-input=false"));
    expect((await groups()).map(({ logGroupName }) => logGroupName)).toEqual([ACCESS_LOG_GROUP]);
    expect(role).toBeDefined();
    expect(await accountRole()).toBe(role);
  });
});
